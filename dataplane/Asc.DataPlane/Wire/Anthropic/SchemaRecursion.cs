using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Whether a JSON schema refers to itself, by whatever way, which Anthropic refuses (facts: 2.3). Takes time that grows with its length.</summary>
internal static class SchemaRecursion
{
    private static readonly string[] Lists = ["$defs", "definitions"];

    public static bool IsIn(JsonElement schema)
    {
        var definitions = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var list in Lists)
        {
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(list, out var named) && named.ValueKind == JsonValueKind.Object)
            {
                foreach (var definition in named.EnumerateObject())
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
        if (schema.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in schema.EnumerateArray())
            {
                Collect(element, references);
            }
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in schema.EnumerateObject().Where(static member => !JsonSchemaWords.HoldsData(member.Name)))
            {
                Collect(member, references);
            }
        }
    }

    private static void Collect(JsonProperty member, HashSet<string> references)
    {
        if (JsonSchemaWords.HoldsNamed(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var named in member.Value.EnumerateObject())
            {
                Collect(named.Value, references);
            }
        }
        else if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String)
        {
            references.Add(member.Value.GetString()!);
        }
        else
        {
            Collect(member.Value, references);
        }
    }
}
