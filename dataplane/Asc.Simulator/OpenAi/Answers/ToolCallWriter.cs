using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Writes a call of a given tool, with arguments that fit its parameters.</summary>
internal static class ToolCallWriter
{
    public static ToolCall Write(OfferedTool tool, string userText)
    {
        var input = tool.IsCustom ? userText
            : tool.Parameters is { } schema ? JsonText.Arguments(schema, userText)
            : "{}";
        return new ToolCall(WireId.New("call_", 24), tool.IsCustom, tool.Name, TokenPieces.Of(input));
    }
}
