using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>
/// What structured answers and strict tools ask of a JSON Schema: closed objects, no recursion, nothing that a grammar cannot say.
/// Source: "JSON Schema limitations" of the API's page on structured outputs.
/// </summary>
internal sealed class SchemaLimits
{
    private static readonly string[] Types = ["object", "array", "string", "integer", "number", "boolean", "null"];

    private static readonly string[] Unsupported =
    [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "maxItems", "uniqueItems", "contains", "prefixItems", "minProperties", "maxProperties", "patternProperties",
        "propertyNames", "dependentSchemas", "dependentRequired", "if", "then", "else", "not", "unevaluatedProperties", "unevaluatedItems",
    ];

    private static readonly string[] Lists = ["anyOf", "allOf", "oneOf"];
    private static readonly string[] Maps = ["properties", "$defs", "definitions"];

    private readonly JsonElement _root;
    private readonly string _path;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private SchemaLimits(string path, JsonElement root) => (_path, _root) = (path, root);

    public static AnthropicError? Check(string path, JsonElement schema) => new SchemaLimits(path, schema).Check(schema);

    private AnthropicError? Check(JsonElement schema) =>
        schema.ValueKind is JsonValueKind.True or JsonValueKind.False ? null
        : schema.ValueKind != JsonValueKind.Object ? Refuse("Schema should be a dictionary")
        : CheckType(schema)
            ?? CheckKeywords(schema)
            ?? CheckObject(schema)
            ?? CheckReference(schema)
            ?? Children(schema).Select(Check).FirstOrDefault(error => error is not null);

    private AnthropicError? CheckType(JsonElement schema)
    {
        var unknown = TypesOf(schema).FirstOrDefault(type => !Types.Contains(type));
        return unknown is null ? null : Refuse($"'{unknown}' is not a valid type");
    }

    private AnthropicError? CheckKeywords(JsonElement schema)
    {
        var type = TypesOf(schema).FirstOrDefault() ?? "any";
        var used = Unsupported.Where(name => schema.TryGetPresent(name, out _)).ToList();
        if (schema.TryGetPresent("minItems", out var least) && !(least.TryGetInt32(out var number) && number is 0 or 1))
        {
            used.Add("minItems");
        }

        return used.Count switch
        {
            0 => null,
            1 => Refuse($"For '{type}' type, property '{used[0]}' is not supported"),
            _ => Refuse($"For '{type}' type, properties {string.Join(", ", used.Order(StringComparer.Ordinal))} are not supported"),
        };
    }

    private AnthropicError? CheckObject(JsonElement schema)
    {
        var isObject = TypesOf(schema).Contains("object") || schema.TryGetPresent("properties", out _);
        return isObject && !schema.IsFalse("additionalProperties")
            ? Refuse("For 'object' type, 'additionalProperties' must be explicitly set to false")
            : null;
    }

    private AnthropicError? CheckReference(JsonElement schema)
    {
        if (schema.TextOf("$ref") is not { } reference)
        {
            return null;
        }

        if (Resolve(reference) is not { } target)
        {
            return Refuse($"Reference '{reference}' cannot be resolved");
        }

        if (!_open.Add(reference))
        {
            return Refuse($"Circular reference detected in schema definitions: {reference}");
        }

        var error = reference == "#" ? Refuse($"Circular reference detected in schema definitions: {reference}") : Check(target);
        _open.Remove(reference);
        return error;
    }

    private static IEnumerable<JsonElement> Children(JsonElement schema)
    {
        foreach (var name in Lists)
        {
            if (schema.TryGetPresent(name, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in list.EnumerateArray())
                {
                    yield return item;
                }
            }
        }

        foreach (var name in Maps)
        {
            if (schema.TryGetPresent(name, out var map) && map.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in map.EnumerateObject())
                {
                    yield return property.Value;
                }
            }
        }

        if (schema.TryGetPresent("items", out var items))
        {
            yield return items;
        }
    }

    private static IEnumerable<string> TypesOf(JsonElement schema) =>
        !schema.TryGetPresent("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(item => item.ToString())
        : [type.ToString()];

    private JsonElement? Resolve(string reference)
    {
        var found = _root;
        foreach (var segment in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(segment, out found))
            {
                return null;
            }
        }

        return reference.StartsWith('#') ? found : null;
    }

    private AnthropicError Refuse(string message) => AnthropicError.At(_path, message);
}
