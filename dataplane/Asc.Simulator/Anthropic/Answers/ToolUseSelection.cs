using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>Which of a request's tools the simulated model calls: its own kind only, never those that the API would run.</summary>
internal static class ToolUseSelection
{
    public static IReadOnlyList<JsonElement> Of(MessageRequest request)
    {
        var choice = request.ToolChoice?.TextOf("type") ?? "auto";
        var isForced = choice is "any" or "tool";
        if (request.IsPrefilled || choice == "none" || (request.ToolResult is not null && !isForced))
        {
            return [];
        }

        var named = choice == "tool" ? request.ToolChoice!.Value.TextOf("name") : null;
        var offered = request.Tools.Where(IsCustom).Where(tool => named is null || tool.TextOf("name") == named).ToList();
        var twice = offered.Count >= 2
            && request.ToolChoice?.IsTrue("disable_parallel_tool_use") != true
            && MagicWords.AskForParallelTools(request.LastUserText);
        return [.. offered.Take(twice ? 2 : 1)];
    }

    private static bool IsCustom(JsonElement tool) => tool.TextOf("type") is null or Checks.ToolShape.Custom;
}
