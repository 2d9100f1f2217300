using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Asc.Conformance.Tests;

/// <summary>One conversation for a client to hold.</summary>
/// <param name="BaseUrl">The node, without a protocol's own part.</param>
internal sealed record Job(string Id, string BaseUrl, string Key, string Model, bool Stream, Ask Ask)
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>As the drivers read it.</summary>
    public string ToLine()
    {
        var line = JsonSerializer.SerializeToNode(Ask, Lines)!.AsObject();
        (line["id"], line["baseUrl"], line["key"], line["model"], line["stream"]) = (Id, BaseUrl, Key, Model, Stream);
        line["leaves"] = Stream && Ask.Leaves;
        return line.ToJsonString();
    }

    /// <summary>As the drivers answer.</summary>
    public static Heard HeardFrom(JsonNode line) => line.Deserialize<Heard>(Lines)!;
}
