using System.Text.Json;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.Wire;
using static Asc.Simulator.OpenAi.Checks.ValueRules;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary>The top-level parameters of a response and the type and range of each.</summary>
internal static class ResponseParameters
{
    private const int LeastOutput = 16;

    private static readonly ObjectRule Format = new(
        new Field("type", Text),
        new Field("name", (path, name) => Text(path, name) ?? NameRule.CheckText(path, name.GetString()!), Required: true),
        new Field("description", Text),
        new Field("schema", Object, Required: true),
        new Field("strict", Flag));

    private static readonly ObjectRule TypeOnly = new(new Field("type", Text));

    private static readonly ObjectRule TextConfig = new(
        new Field("format", new KindRule(("text", TypeOnly.Check), ("json_object", TypeOnly.Check), ("json_schema", CheckFormat)).Check),
        new Field("verbosity", OneOf("low", "medium", "high")));

    private static readonly ObjectRule Reasoning = new(
        new Field("effort", OneOf("none", "minimal", "low", "medium", "high", "xhigh", "max")),
        new Field("summary", OneOf("auto", "concise", "detailed")),
        new Field("context", Text),
        new Field("mode", Text));

    private static readonly ValueRule Include = ListRule.Of(OneOf(
        "code_interpreter_call.outputs", "computer_call_output.output.image_url", "file_search_call.results", "message.input_image.image_url",
        "message.output_text.logprobs", "reasoning.encrypted_content", "web_search_call.action.sources", "web_search_call.results"));

    private static readonly ParameterSet All = new(
        new Dictionary<string, ValueRule>(StringComparer.Ordinal)
        {
            ["background"] = Flag,
            ["context_management"] = Array,
            ["conversation"] = Any,
            ["include"] = Include,
            ["input"] = InputItems.Check,
            ["instructions"] = Text,
            ["max_output_tokens"] = Integer(LeastOutput, int.MaxValue),
            ["max_tool_calls"] = Integer(1, int.MaxValue),
            ["metadata"] = Object,
            ["model"] = Text,
            ["moderation"] = Any,
            ["parallel_tool_calls"] = Flag,
            ["previous_response_id"] = Text,
            ["prompt"] = Object,
            ["prompt_cache_key"] = Text,
            ["prompt_cache_options"] = Object,
            ["prompt_cache_retention"] = Text,
            ["reasoning"] = Reasoning.Check,
            ["safety_identifier"] = Text,
            ["service_tier"] = OneOf("auto", "default", "flex", "scale", "priority", "fast", "ultrafast"),
            ["store"] = Flag,
            ["stream"] = Flag,
            ["stream_options"] = new ObjectRule(new Field("include_obfuscation", Flag)).Check,
            ["temperature"] = Decimal(0, 2),
            ["text"] = TextConfig.Check,
            ["tool_choice"] = ToolRules.ToolChoice,
            ["tools"] = ToolRules.Tools,
            ["top_logprobs"] = Integer(0, 20),
            ["top_p"] = Decimal(0, 1),
            ["truncation"] = OneOf("auto", "disabled"),
            ["user"] = Text,
        },
        "model")
    {
        Unknown = OpenAiError.UnknownParameter,
    };

    public static OpenAiError? Check(JsonElement body) => All.Check(body);

    private static OpenAiError? CheckFormat(string path, JsonElement format) =>
        Format.Check(path, format)
        ?? (format.IsTrue("strict") && StrictSchema.Fault(format.GetProperty("schema")) is { } fault
            ? OpenAiError.BadRequest($"Invalid schema for response_format '{format.TextOf("name")}': {fault}", $"{path}.schema", "invalid_json_schema")
            : null);
}
