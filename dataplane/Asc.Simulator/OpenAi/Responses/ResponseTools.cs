using System.Text.Json;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary>The tools of a response that its tool choice leaves: the client's own kind only, never those that the API would run.</summary>
internal static class ResponseTools
{
    public static IReadOnlyList<OfferedTool> Of(JsonElement body)
    {
        if (!body.TryGetPresent("tools", out var tools))
        {
            return [];
        }

        var own = tools.EnumerateArray().Where(tool => tool.TextOf("type") is "function" or "custom");
        return [.. own.Where(tool => IsChosen(body, tool)).Select(Read)];
    }

    private static bool IsChosen(JsonElement body, JsonElement tool)
    {
        if (!body.TryGetPresent("tool_choice", out var choice))
        {
            return true;
        }

        return choice.ValueKind == JsonValueKind.String ? choice.GetString() != "none"
            : choice.TextOf("type") == "allowed_tools" ? choice.GetProperty("tools").EnumerateArray().Any(named => IsNamed(tool, named))
            : IsNamed(tool, choice);
    }

    private static bool IsNamed(JsonElement tool, JsonElement named) => tool.TextOf("type") == named.TextOf("type") && tool.TextOf("name") == named.TextOf("name");

    private static OfferedTool Read(JsonElement tool) => new(
        tool.TextOf("type") == ToolCall.Custom, tool.TextOf("name")!, tool.TryGetPresent("parameters", out var parameters) ? parameters : null);
}
