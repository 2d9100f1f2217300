using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Writes a call of a given tool, with arguments that fit its parameters.</summary>
internal static class ToolCallWriter
{
    public static ToolCall Write(JsonElement tool, ChatRequest request)
    {
        var isCustom = ToolSelection.Kind(tool) == ToolCall.Custom;
        var input = isCustom ? request.LastUserText : Arguments(tool, request.LastUserText);
        return new ToolCall(WireId.New("call_", 24), isCustom, ToolSelection.Name(tool), TokenPieces.Of(input));
    }

    private static string Arguments(JsonElement tool, string userText) =>
        tool.GetProperty(ToolCall.Function).TryGetPresent("parameters", out var schema) ? JsonText.Arguments(schema, userText) : "{}";
}
