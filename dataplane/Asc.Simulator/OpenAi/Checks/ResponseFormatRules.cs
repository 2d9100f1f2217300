using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary><c>response_format</c>.</summary>
internal static class ResponseFormatRules
{
    private const string Name = "response_format";

    public static OpenAiError? Check(JsonElement body)
    {
        if (!body.TryGetPresent(Name, out var format))
        {
            return null;
        }

        if (!format.TryGetPresent("type", out var type))
        {
            return OpenAiError.Missing($"{Name}.type");
        }

        return ValueRules.OneOf("text", "json_object", "json_schema")($"{Name}.type", type) ?? type.GetString() switch
        {
            "json_object" => CheckJsonObject(body),
            "json_schema" => CheckSchema(format),
            _ => null,
        };
    }

    private static OpenAiError? CheckJsonObject(JsonElement body) =>
        body.GetProperty("messages").GetRawText().Contains("json", StringComparison.OrdinalIgnoreCase)
            ? null
            : OpenAiError.BadRequest(
                "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages", null);

    private static OpenAiError? CheckSchema(JsonElement format)
    {
        const string path = $"{Name}.json_schema";
        if (!format.TryGetPresent("json_schema", out var named))
        {
            return OpenAiError.Missing(path);
        }

        return ValueRules.Object(path, named)
            ?? NameRule.Check(path, named)
            ?? Optional(named, path, "schema", ValueRules.Object)
            ?? Optional(named, path, "strict", ValueRules.Flag)
            ?? Optional(named, path, "description", ValueRules.Text)
            ?? (named.IsTrue("strict") && named.TryGetPresent("schema", out var schema) && StrictSchema.Fault(schema) is { } fault
                ? OpenAiError.BadRequest($"Invalid schema for response_format '{named.TextOf("name")}': {fault}", Name, null)
                : null);
    }

    private static OpenAiError? Optional(JsonElement parent, string path, string name, ValueRule rule) =>
        parent.TryGetPresent(name, out var value) ? rule($"{path}.{name}", value) : null;
}
