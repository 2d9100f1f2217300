using System.Text.Json;
using System.Text.RegularExpressions;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Calls of tools and their results; what they owe each other is in <see cref="ToolPairing"/>.</summary>
internal static partial class ToolBlocks
{
    private const string IdPattern = "^[a-zA-Z0-9_-]+$";

    private static readonly ValueRule Parts = ValueRules.ListOf(new Union(
        ("text", TextBlock.Check),
        ("image", ImageBlock.Check),
        ("search_result", SearchResultBlock.Check),
        ("document", DocumentBlock.Check),
        ("tool_reference", ValueRules.Object)).Check);

    private static readonly Shape UseShape = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("id", Id, Required: true),
        new Field("name", ValueRules.AtMost(200), Required: true),
        new Field("input", ValueRules.Object, Required: true),
        new Field("caller", ValueRules.Object),
        new Field("toolset_name", ValueRules.Text),
        CacheControl.Field);

    private static readonly Shape ResultShape = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("tool_use_id", Id, Required: true),
        new Field("content", TextOrParts),
        new Field("is_error", ValueRules.Flag),
        new Field("toolset_name", ValueRules.Text),
        CacheControl.Field);

    public static AnthropicError? CheckUse(string path, JsonElement block) => UseShape.Check(path, block);

    public static AnthropicError? CheckResult(string path, JsonElement block) => ResultShape.Check(path, block);

    private static AnthropicError? TextOrParts(string path, JsonElement content) =>
        content.ValueKind == JsonValueKind.String ? null : Parts(path, content);

    private static AnthropicError? Id(string path, JsonElement id) =>
        ValueRules.Text(path, id)
        ?? (Ids().IsMatch(id.GetString()!) ? null : AnthropicError.At(path, $"String should match pattern '{IdPattern}'"));

    [GeneratedRegex(@"^[a-zA-Z0-9_-]+\z")]
    private static partial Regex Ids();
}
