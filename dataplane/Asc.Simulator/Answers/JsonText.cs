using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Answers;

/// <summary>Compact JSON made up from a schema and from what the user said.</summary>
internal static class JsonText
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];
    private static readonly JsonSerializerOptions Compact = new() { Encoder = WireJson.Writing.Encoder };

    /// <summary>Arguments of a tool call. "What is the weather in Berlin?" is most plausibly a question about Berlin.</summary>
    public static string Arguments(JsonElement schema, string userText) => Fitting(schema, LastWord(userText));

    /// <summary>A value that fits the schema, with <paramref name="text"/> wherever it wants text.</summary>
    public static string Fitting(JsonElement schema, string text) =>
        Serialize(new SchemaExample(schema, text).Build() ?? new JsonObject());

    public static string Serialize(JsonNode node) => node.ToJsonString(Compact);

    private static string LastWord(string text) =>
        text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is [.., var last] && last.Trim('?', '!', '.', ',') is { Length: > 0 } word
            ? word
            : "something";
}
