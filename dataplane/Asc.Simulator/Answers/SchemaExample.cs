using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Answers;

/// <summary>Builds a value that fits a JSON Schema, roughly: types, enums, bounds, local references. No patterns.</summary>
internal sealed class SchemaExample(JsonElement root, string text)
{
    private const int MaxDepth = 8;

    public JsonNode? Build() => Build(root, 0);

    private JsonNode? Build(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return null;
        }

        if (Given(schema) is { } given)
        {
            return JsonNode.Parse(given.GetRawText());
        }

        if (Elsewhere(schema) is { } other)
        {
            return Build(other, depth + 1);
        }

        return TypeOf(schema) switch
        {
            "object" => BuildObject(schema, depth),
            "array" => BuildArray(schema, depth),
            "integer" or "number" => Number(schema),
            "boolean" => true,
            "null" => null,
            _ => Text(schema),
        };
    }

    private static JsonElement? Given(JsonElement schema) =>
        schema.TryGetPresent("const", out var value) ? value
        : First(schema, "enum") ?? (schema.TryGetPresent("default", out value) ? value : First(schema, "examples"));

    private JsonElement? Elsewhere(JsonElement schema) =>
        schema.TextOf("$ref") is { } reference ? Resolve(reference)
        : First(schema, "anyOf") ?? First(schema, "oneOf") ?? First(schema, "allOf");

    private static JsonElement? First(JsonElement schema, string name) =>
        schema.TryGetPresent(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? list[0] : null;

    private JsonElement? Resolve(string reference)
    {
        var found = root;
        foreach (var segment in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(segment, out found))
            {
                return null;
            }
        }

        return found;
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (schema.TryGetPresent("type", out var type))
        {
            var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : default;
            return names.Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()).FirstOrDefault(name => name != "null")
                ?? schema.TextOf("type");
        }

        return schema.TryGetPresent("properties", out _) ? "object" : null;
    }

    private JsonObject BuildObject(JsonElement schema, int depth)
    {
        var built = new JsonObject();
        if (schema.TryGetPresent("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                built[property.Name] = Build(property.Value, depth + 1);
            }
        }

        return built;
    }

    private JsonArray BuildArray(JsonElement schema, int depth)
    {
        var built = new JsonArray();
        if (schema.TryGetPresent("items", out var items))
        {
            var count = Math.Clamp(Bound(schema, "minItems") ?? 1, 1, 100);
            for (var i = 0; i < count; i++)
            {
                built.Add(Build(items, depth + 1));
            }
        }

        return built;
    }

    private static JsonValue Number(JsonElement schema) =>
        JsonValue.Create((long)Math.Ceiling(Math.Max(Bound(schema, "minimum") ?? 1, (Bound(schema, "exclusiveMinimum") + 1) ?? 1)));

    private JsonNode Text(JsonElement schema)
    {
        var example = schema.TextOf("format") switch
        {
            "date-time" => "2026-01-01T00:00:00Z",
            "date" => "2026-01-01",
            "time" => "00:00:00Z",
            "email" => "someone@example.com",
            "uri" => "https://example.com/",
            "uuid" => "00000000-0000-4000-8000-000000000000",
            _ => text,
        };
        var min = (int)Math.Clamp(Bound(schema, "minLength") ?? 0, 0, 10_000);
        var max = (int)Math.Clamp(Bound(schema, "maxLength") ?? 10_000, min, 10_000);
        return example.Length > max ? example[..max] : example.PadRight(min, '.');
    }

    private static double? Bound(JsonElement schema, string name) =>
        schema.TryGetPresent(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
