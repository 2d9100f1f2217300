using System.Text.Json.Nodes;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>The JSON text that a response format asks for.</summary>
internal static class StructuredText
{
    /// <summary>Null if the request wants plain text.</summary>
    public static string? Write(ChatRequest request)
    {
        if (request.ResponseFormat is not { } format || format.TextOf("type") is not ("json_object" or "json_schema"))
        {
            return null;
        }

        var answer = request.LastRole == "tool" ? MessageText.Of(request.Messages[^1]) : request.LastUserText;
        return format.TryGetPresent("json_schema", out var named) && named.TryGetPresent("schema", out var schema)
            ? JsonText.Fitting(schema, answer)
            : JsonText.Serialize(new JsonObject { ["answer"] = answer });
    }
}
