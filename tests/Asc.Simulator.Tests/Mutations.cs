using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests;

/// <summary>Bodies with one thing wrong in them.</summary>
internal static class Mutations
{
    private static readonly string[] Nonsense = ["null", "5", "\"x\"", "true", "[]", "{}", "[1]", """{"type":"x"}""", """{"type":"text"}""", "1e400"];

    /// <summary>The body with each of its values replaced by each kind of nonsense, or taken away.</summary>
    public static IEnumerable<string> Of(JsonNode body)
    {
        foreach (var path in Paths(body, []).ToList())
        {
            foreach (var value in Nonsense.Append(null))
            {
                var copy = body.DeepClone();
                Replace(copy, path, value);
                yield return copy.ToJsonString();
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] path)
    {
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonObject map => map.Select(pair => ((object)pair.Key, pair.Value)),
            JsonArray list => list.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (key, value) in children)
        {
            yield return [.. path, key];
            foreach (var inner in Paths(value, [.. path, key]))
            {
                yield return inner;
            }
        }
    }

    private static void Replace(JsonNode root, object[] path, string? value)
    {
        var parent = path[..^1].Aggregate(root, (node, key) => key is int i ? node[i]! : node[(string)key]!);
        switch (parent, path[^1])
        {
            case (JsonObject map, string name) when value is null:
                map.Remove(name);
                break;
            case (JsonObject map, string name):
                map[name] = JsonNode.Parse(value!);
                break;
            case (JsonArray list, int i) when value is null:
                list.RemoveAt(i);
                break;
            case (JsonArray list, int i):
                list[i] = JsonNode.Parse(value!);
                break;
        }
    }
}
