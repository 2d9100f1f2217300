using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>The tools of a chat that its tool choice leaves.</summary>
internal static class ChatTools
{
    public static IReadOnlyList<OfferedTool> Of(JsonElement? tools, JsonElement? choice) =>
        tools is { } all ? [.. Chosen([.. all.EnumerateArray()], choice).Select(Read)] : [];

    private static IEnumerable<JsonElement> Chosen(List<JsonElement> tools, JsonElement? choice)
    {
        if (choice is not { } chosen)
        {
            return tools;
        }

        if (chosen.ValueKind == JsonValueKind.String)
        {
            return chosen.GetString() == "none" ? [] : tools;
        }

        return chosen.TryGetPresent("allowed_tools", out var allowed)
            ? tools.Where(tool => allowed.GetProperty("tools").EnumerateArray().Any(named => IsNamed(tool, named)))
            : tools.Where(tool => IsNamed(tool, chosen));
    }

    private static OfferedTool Read(JsonElement tool) => new(
        Kind(tool) == ToolCall.Custom,
        Name(tool),
        tool.TryGetPresent(ToolCall.Function, out var function) && function.TryGetPresent("parameters", out var parameters) ? parameters : null);

    private static bool IsNamed(JsonElement tool, JsonElement named) => Kind(tool) == Kind(named) && Name(tool) == Name(named);

    private static string Kind(JsonElement tool) => tool.TextOf("type")!;

    private static string Name(JsonElement tool) => tool.GetProperty(Kind(tool)).TextOf("name")!;
}
