using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Answers;

/// <summary>Which of a request's tools the simulated model calls.</summary>
internal static class ToolSelection
{
    public static IReadOnlyList<JsonElement> Of(ChatRequest request)
    {
        var word = request.ToolChoice is { ValueKind: JsonValueKind.String } choice ? choice.GetString() : null;
        if (word == "none" || request.LastRole != "user")
        {
            return [];
        }

        var named = request.ToolChoice is { ValueKind: JsonValueKind.Object } one ? one.GetProperty("function").TextOf("name") : null;
        var offered = request.Tools.Where(tool => named is null || Name(tool) == named).ToList();
        var twice = request.ParallelToolCalls && MagicWords.AskForParallelTools(request.LastUserText);
        return [.. offered.Take(twice ? 2 : 1)];
    }

    public static string Name(JsonElement tool) => tool.GetProperty("function").TextOf("name")!;
}
