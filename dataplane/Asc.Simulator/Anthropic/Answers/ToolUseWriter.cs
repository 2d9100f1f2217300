using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>Writes a call of a given tool, with an input that fits its schema.</summary>
internal static class ToolUseWriter
{
    public static ToolUseAnswer Write(JsonElement tool, MessageRequest request)
    {
        var schema = tool.GetProperty("input_schema");
        var input = JsonText.Arguments(schema, request.LastUserText);

        // A call without arguments is streamed with an empty piece of input or with none: each happens at the API.
        var isSilent = !schema.TryGetPresent("properties", out _);
        return new ToolUseAnswer(
            WireId.New("toolu_", 24), tool.TextOf("name")!, input == "{}" ? [] : TokenPieces.Of(input), IsComplete: true, isSilent);
    }
}
