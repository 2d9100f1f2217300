using System.Text.Json;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary>The items of <c>input</c>, one by one; what they owe each other is in <see cref="ItemPairing"/>.</summary>
internal static class InputItems
{
    private static readonly Field Type = new("type", ValueRules.Text);
    private static readonly Field Status = new("status", ValueRules.OneOf("in_progress", "completed", "incomplete"));
    private static readonly Field CallId = new("call_id", ValueRules.Text, Required: true);
    private static readonly Field CacheBreakpoint = new("prompt_cache_breakpoint", ValueRules.Object);

    private static readonly (string Type, ValueRule Rule)[] InputParts =
    [
        ("input_text", new ObjectRule(Type, new Field("text", ValueRules.Text, Required: true), CacheBreakpoint).Check),
        ("input_image", new ObjectRule(
            Type, new Field("image_url", ValueRules.Text), new Field("file_id", ValueRules.Text),
            new Field("detail", ValueRules.OneOf("low", "high", "auto", "original")), CacheBreakpoint).Check),
        ("input_file", new ObjectRule(
            Type, new Field("file_data", ValueRules.Text), new Field("file_id", ValueRules.Text), new Field("file_url", ValueRules.Text),
            new Field("filename", ValueRules.Text), CacheBreakpoint).Check),
    ];

    private static readonly (string Type, ValueRule Rule)[] OutputParts =
    [
        ("output_text", new ObjectRule(
            Type, new Field("text", ValueRules.Text, Required: true), new Field("annotations", ValueRules.Array), new Field("logprobs", ValueRules.Array)).Check),
        ("refusal", new ObjectRule(Type, new Field("refusal", ValueRules.Text, Required: true)).Check),
    ];

    private static readonly ObjectRule OthersMessage = Message(InputParts);
    private static readonly ObjectRule AssistantsMessage = Message(OutputParts);

    private static readonly ValueRule Output = ListRule.TextOr(ListRule.Of(new KindRule(InputParts).Check));

    private static readonly ValueRule SummaryPart = new ObjectRule(
        new Field("type", ValueRules.OneOf("summary_text"), Required: true), new Field("text", ValueRules.Text, Required: true)).Check;

    private static readonly KindRule Kinds = new(
        ("message", CheckMessage),
        ("function_call", new ObjectRule(
            Type, CallId, Status, new Field("id", Id("fc")), new Field("name", ValueRules.Text, Required: true),
            new Field("arguments", ValueRules.Text, Required: true), new Field("namespace", ValueRules.Text)).Check),
        ("function_call_output", new ObjectRule(
            Type, CallId, Status, new Field("id", ValueRules.Text), new Field("output", Output, Required: true)).Check),
        ("custom_tool_call", new ObjectRule(
            Type, CallId, Status, new Field("id", Id("ctc")), new Field("name", ValueRules.Text, Required: true),
            new Field("input", ValueRules.Text, Required: true)).Check),
        ("custom_tool_call_output", new ObjectRule(
            Type, CallId, Status, new Field("id", ValueRules.Text), new Field("output", Output, Required: true)).Check),
        ("reasoning", new ObjectRule(
            Type, Status, new Field("id", Id("rs"), Required: true), new Field("summary", ListRule.Of(SummaryPart), Required: true),
            new Field("content", ValueRules.Array), new Field("encrypted_content", ValueRules.Text)).Check),
        ("compaction", new ObjectRule(Type, new Field("id", ValueRules.Text), new Field("encrypted_content", ValueRules.Text, Required: true)).Check),
        ("item_reference", new ObjectRule(Type, new Field("id", ValueRules.Text, Required: true)).Check))
    {
        Default = "message",
    };

    public static OpenAiError? Check(string path, JsonElement input) => ListRule.TextOr(ListRule.Of(Kinds.Check))(path, input);

    private static OpenAiError? CheckMessage(string path, JsonElement message)
    {
        if (!message.TryGetPresent("role", out var role))
        {
            return OpenAiError.Missing($"{path}.role");
        }

        return ValueRules.OneOf("assistant", "system", "developer", "user")($"{path}.role", role)
            ?? (role.GetString() == "assistant" ? AssistantsMessage : OthersMessage).Check(path, message);
    }

    private static ObjectRule Message((string Type, ValueRule Rule)[] parts) => new(
        Type, Status, new Field("role", ValueRules.Text), new Field("id", Id("msg")), new Field("phase", ValueRules.Text),
        new Field("content", ListRule.TextOr(ListRule.Of(new KindRule(parts).Check)), Required: true));

    private static ValueRule Id(string prefix) => (path, value) =>
        ValueRules.Text(path, value) ?? (value.GetString()!.StartsWith(prefix, StringComparison.Ordinal)
            ? null
            : OpenAiError.BadRequest($"Invalid '{path}': '{value.GetString()}'. Expected an ID that begins with '{prefix}'.", path, "invalid_value"));
}
