using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>The JSON text that a response format asks for.</summary>
internal static class StructuredText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = OpenAiJson.Writing.Encoder };

    /// <summary>Null if the request wants plain text.</summary>
    public static string? Write(ChatRequest request)
    {
        if (request.ResponseFormat is not { } format || format.TextOf("type") is not ("json_object" or "json_schema"))
        {
            return null;
        }

        var answer = request.LastRole == "tool" ? MessageText.Of(request.Messages[^1]) : request.LastUserText;
        return format.TryGetPresent("json_schema", out var named) && named.TryGetPresent("schema", out var schema)
            ? Serialize(new SchemaExample(schema, answer).Build() ?? new JsonObject())
            : Serialize(new JsonObject { ["answer"] = answer });
    }

    public static string Serialize(JsonNode node) => node.ToJsonString(Compact);
}
