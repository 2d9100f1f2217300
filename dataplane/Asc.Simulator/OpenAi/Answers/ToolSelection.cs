using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Which of a request's tools the simulated model calls.</summary>
internal static class ToolSelection
{
    public static IReadOnlyList<JsonElement> Of(ChatRequest request)
    {
        if (request.Tools is not { } tools || request.LastRole != "user")
        {
            return [];
        }

        var offered = Offered(tools, request.ToolChoice);
        var twice = request.ParallelToolCalls && offered.Count >= 2
            && MagicWords.AskForParallelTools(request.LastUserText);
        return [.. offered.Take(twice ? 2 : 1)];
    }

    public static string Kind(JsonElement tool) => tool.TextOf("type")!;

    public static string Name(JsonElement tool) => tool.GetProperty(Kind(tool)).TextOf("name")!;

    private static List<JsonElement> Offered(JsonElement tools, JsonElement? choice)
    {
        if (choice is not { } chosen)
        {
            return [.. tools.EnumerateArray()];
        }

        if (chosen.ValueKind == JsonValueKind.String)
        {
            return chosen.GetString() == "none" ? [] : [.. tools.EnumerateArray()];
        }

        return chosen.TryGetPresent("allowed_tools", out var allowed)
            ? [.. tools.EnumerateArray().Where(tool => allowed.GetProperty("tools").EnumerateArray().Any(named => IsNamed(tool, named)))]
            : [.. tools.EnumerateArray().Where(tool => IsNamed(tool, chosen))];
    }

    private static bool IsNamed(JsonElement tool, JsonElement named) => Kind(tool) == Kind(named) && Name(tool) == Name(named);
}
