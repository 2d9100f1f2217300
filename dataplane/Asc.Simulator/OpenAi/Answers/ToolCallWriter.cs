using System.Text.Json;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Writes a call of a given tool, with arguments that fit its parameters.</summary>
internal static class ToolCallWriter
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    public static ToolCall Write(JsonElement tool, ChatRequest request)
    {
        var isCustom = ToolSelection.Kind(tool) == ToolCall.Custom;
        var input = isCustom ? request.LastUserText : Arguments(tool, request.LastUserText);
        return new ToolCall(WireId.New("call_", 24), isCustom, ToolSelection.Name(tool), TokenPieces.Of(input));
    }

    private static string Arguments(JsonElement tool, string userText)
    {
        if (!tool.GetProperty(ToolCall.Function).TryGetPresent("parameters", out var schema))
        {
            return "{}";
        }

        var built = new SchemaExample(schema, LastWord(userText)).Build();
        return built is null ? "{}" : StructuredText.Serialize(built);
    }

    // "What is the weather in Berlin?" is most plausibly a question about Berlin.
    private static string LastWord(string text) =>
        text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is [.., var last] && last.Trim('?', '!', '.', ',') is { Length: > 0 } word
            ? word
            : "something";
}
