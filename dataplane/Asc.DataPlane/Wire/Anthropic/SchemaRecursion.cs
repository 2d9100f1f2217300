using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Whether a JSON schema refers to itself, by whatever way, which Anthropic refuses (facts: 2.3). Takes time that grows with its length.</summary>
internal static class SchemaRecursion
{
    private static readonly string[] Lists = ["$defs", "definitions"];

    /// <param name="schema">An object.</param>
    public static bool IsIn(JsonElement schema)
    {
        var definitions = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var list in Lists)
        {
            if (schema.TryGetProperty(list, out var named) && named.ValueKind == JsonValueKind.Object)
            {
                foreach (var definition in named.EnumerateObject().Where(static definition => definition.Value.ValueKind == JsonValueKind.Object))
                {
                    definitions[$"#/{list}/{definition.Name}"] = definition.Value;
                }
            }
        }

        var references = new HashSet<string>(StringComparer.Ordinal);
        Collect(schema, references);
        return references.Contains("#") || HasCycle(definitions);
    }

    // Whatever nobody refers to any more can't be on a cycle (Kahn's algorithm): what is left over is.
    private static bool HasCycle(Dictionary<string, JsonElement> definitions)
    {
        var refersTo = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var referrers = definitions.Keys.ToDictionary(static name => name, static _ => 0, StringComparer.Ordinal);
        foreach (var (name, schema) in definitions)
        {
            var references = refersTo[name] = new(StringComparer.Ordinal);
            Collect(schema, references);
            references.RemoveWhere(reference => !definitions.ContainsKey(reference));
            foreach (var reference in references)
            {
                referrers[reference]++;
            }
        }

        var free = new Queue<string>(referrers.Where(static count => count.Value == 0).Select(static count => count.Key));
        var left = definitions.Count;
        while (free.TryDequeue(out var name))
        {
            left--;
            foreach (var reference in refersTo[name])
            {
                if (--referrers[reference] == 0)
                {
                    free.Enqueue(reference);
                }
            }
        }

        return left > 0;
    }

    private static void Collect(JsonElement schema, HashSet<string> references)
    {
        if (schema.Member("$ref"u8) is { ValueKind: JsonValueKind.String } reference)
        {
            references.Add(reference.GetString()!);
        }

        foreach (var inner in schema.EnumerateObject().SelectMany(JsonSchemaWords.Schemas))
        {
            Collect(inner, references);
        }
    }
}
