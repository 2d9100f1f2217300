using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>What a schema must be like that answers are to fit strictly: an object, and every object is closed, and all of its properties are required, and nothing is composed otherwise than by anyOf.</summary>
internal static class StrictSchema
{
    private static readonly string[] Keywords = ["allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "uniqueItems"];

    /// <summary>Why it is not such a schema; null: it is.</summary>
    public static string? Fault(JsonElement schema) => schema.TextOf("type") == "object"
        ? Fault(schema, "")
        : $"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{schema.TextOf("type") ?? "None"}\"'.";

    private static string? Fault(JsonElement schema, string context)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TextOf("type") == "object" || schema.TryGetPresent("properties", out _))
        {
            if (!schema.IsFalse("additionalProperties"))
            {
                return $"In context=({context}), 'additionalProperties' is required to be supplied and to be false.";
            }

            if (Optional(schema) is { } name)
            {
                return $"In context=({context}), 'required' is required to be supplied and to be an array including every key in properties. Missing '{name}'.";
            }
        }

        if (Forbidden(schema) is { } keyword)
        {
            return $"In context=({context}), '{keyword}' is not permitted.";
        }

        return Inner(schema, context).Select(inner => Fault(inner.Schema, inner.Context)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Forbidden(JsonElement schema) => Keywords.FirstOrDefault(keyword => schema.TryGetPresent(keyword, out _));

    private static string? Optional(JsonElement schema)
    {
        if (!schema.TryGetPresent("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        HashSet<string?> required = schema.TryGetPresent("required", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(name => name.ToString())]
            : [];
        return properties.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !required.Contains(name));
    }

    private static IEnumerable<(JsonElement Schema, string Context)> Inner(JsonElement schema, string context)
    {
        foreach (var keyword in new[] { "properties", "$defs", "definitions" })
        {
            if (schema.TryGetPresent(keyword, out var map) && map.ValueKind == JsonValueKind.Object)
            {
                foreach (var entry in map.EnumerateObject())
                {
                    yield return (entry.Value, Within(context, $"'{keyword}', '{entry.Name}'"));
                }
            }
        }

        if (schema.TryGetPresent("items", out var items))
        {
            yield return (items, Within(context, "'items'"));
        }

        if (schema.TryGetPresent("anyOf", out var choices) && choices.ValueKind == JsonValueKind.Array)
        {
            foreach (var choice in choices.EnumerateArray())
            {
                yield return (choice, Within(context, "'anyOf'"));
            }
        }
    }

    private static string Within(string context, string step) => context.Length == 0 ? step : $"{context}, {step}";
}
