using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Asc.Cli.Shapes;

/// <summary>All that the CLI writes as JSON; generated, as reflection is not there ahead of time.</summary>
[JsonSerializable(typeof(ErrorShape))]
[JsonSerializable(typeof(ValidationShape))]
[JsonSerializable(typeof(ApplyShape))]
[JsonSerializable(typeof(ChangeShape))]
[JsonSerializable(typeof(DeleteShape))]
[JsonSerializable(typeof(DiffShape))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(PublishShape))]
[JsonSerializable(typeof(ListShape<VersionShape>))]
[JsonSerializable(typeof(VersionContentShape))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ListShape<JsonObject>))]
[JsonSerializable(typeof(ListShape<ResourceShape>))]
[JsonSerializable(typeof(ResourceShape))]
[JsonSerializable(typeof(TenantShape))]
[JsonSerializable(typeof(KeyShape))]
[JsonSerializable(typeof(IssuedKeyShape))]
[JsonSerializable(typeof(ListShape<KeyShape>))]
[JsonSerializable(typeof(ListShape<NodeShape>))]
[JsonSerializable(typeof(ExplainShape))]
[JsonSerializable(typeof(ReplayShape))]
[JsonSerializable(typeof(EventShape))]
[JsonSerializable(typeof(IssuedTokenShape))]
[JsonSerializable(typeof(RevokedTokenShape))]
[JsonSerializable(typeof(SwitchShape))]
[JsonSerializable(typeof(ListShape<ContextShape>))]
internal sealed partial class ShapesJson : JsonSerializerContext
{
    /// <summary>In camel case, with quotes and letters written as they are: the output is JSON, never part of a page.</summary>
    public static ShapesJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
