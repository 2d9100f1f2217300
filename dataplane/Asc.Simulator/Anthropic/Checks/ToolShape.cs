using System.Text.Json;
using System.Text.RegularExpressions;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>One of <c>tools</c>: the client's own, or one of those that the API brings.</summary>
internal static partial class ToolShape
{
    /// <summary>The type of a tool that a client defines; also that of one without a type.</summary>
    public const string Custom = "custom";

    private const string NamePattern = "^[a-zA-Z0-9_-]{1,128}$";
    private const string KeyPattern = "^[a-zA-Z0-9_.-]{1,64}$";

    // From the type definitions of the TypeScript SDK 1.12.0.
    private static readonly string[] Servers =
    [
        "bash_20250124", "browser_toolset_20260801", "code_execution_20250522", "code_execution_20250825", "code_execution_20260120",
        "code_execution_20260521", "computer_toolset_20260801", "memory_20250818", "text_editor_20250124", "text_editor_20250429",
        "text_editor_20250728", "tool_search_tool_bm25_20251119", "tool_search_tool_regex_20251119", "web_fetch_20250910",
        "web_fetch_20260209", "web_fetch_20260309", "web_fetch_20260318", "web_search_20250305", "web_search_20260209", "web_search_20260318",
    ];

    private static readonly Shape Shape = new(
        new Field("type", ValueRules.OneOf(Custom)),
        new Field("name", Name, Required: true),
        new Field("description", ValueRules.Text),
        new Field("input_schema", InputSchema, Required: true),
        new Field("strict", ValueRules.Flag),
        new Field("defer_loading", ValueRules.Flag),
        new Field("eager_input_streaming", ValueRules.Flag),
        new Field("input_examples", ValueRules.ListOf(ValueRules.Object)),
        new Field("allowed_callers", ValueRules.ListOf(ValueRules.Text)),
        CacheControl.Field);

    private static readonly Union Kinds = new([(Custom, CheckCustom), .. Servers.Select(tag => (tag, (ValueRule)ValueRules.Object))]);

    public static AnthropicError? Check(string path, JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && !tool.TryGetPresent("type", out _)
            ? CheckCustom($"{path}.{Custom}", tool)
            : Kinds.Check(path, tool);

    private static AnthropicError? CheckCustom(string path, JsonElement tool) =>
        Shape.Check(path, tool)
        ?? (tool.IsTrue("strict") ? SchemaLimits.Check(path, tool.GetProperty("input_schema")) : null);

    private static AnthropicError? Name(string path, JsonElement name) =>
        ValueRules.Text(path, name)
        ?? (Names().IsMatch(name.GetString()!) ? null : AnthropicError.At(path, $"String should match pattern '{NamePattern}'"));

    private static AnthropicError? InputSchema(string path, JsonElement schema)
    {
        if (ValueRules.Object(path, schema) is { } notObject)
        {
            return notObject;
        }

        if (!schema.TryGetPresent("type", out var type))
        {
            return AnthropicError.Missing($"{path}.type");
        }

        var isCombined = schema.TryGetPresent("oneOf", out _) || schema.TryGetPresent("allOf", out _) || schema.TryGetPresent("anyOf", out _);
        return ValueRules.OneOf("object")($"{path}.type", type)
            ?? (isCombined ? AnthropicError.At(path, "input_schema does not support oneOf, allOf, or anyOf at the top level") : null)
            ?? (schema.TryGetPresent("properties", out var properties) ? Properties($"{path}.properties", properties) : null);
    }

    private static AnthropicError? Properties(string path, JsonElement properties) =>
        ValueRules.Object(path, properties)
        ?? (properties.EnumerateObject().All(property => Keys().IsMatch(property.Name))
            ? null
            : AnthropicError.At(path, $"Property keys should match pattern '{KeyPattern}'"));

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,128}\z")]
    private static partial Regex Names();

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]{1,64}\z")]
    private static partial Regex Keys();
}
