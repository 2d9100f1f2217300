using System.Text.Json;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>The top-level fields of each kind of request. Nothing else is let through, at any level.</summary>
internal static class RequestShapes
{
    private static readonly Shape JsonSchema = new(
        new Field("name", ValueRules.Text, Required: true),
        new Field("description", ValueRules.Text, Nullable: true),
        new Field("schema", ValueRules.Map, Required: true),
        new Field("strict", ValueRules.Flag));

    private static readonly Shape ResponseFormat = new(
        new Field("type", ValueRules.OneOf("text", "json_object", "json_schema")),
        new Field("json_schema", JsonSchema.Check, Nullable: true));

    private static readonly Shape Prediction = new(
        new Field("type", ValueRules.OneOf("content")),
        new Field("content", ValueRules.Text));

    private static readonly ValueRule Stop = ValueRules.TextOr("list[str]", ValueRules.ListOf(ValueRules.Text));

    // The upper bound of the temperature is the model's. No answer has no token, though the API's document lets max_tokens be 0: the stricter is taken.
    private static readonly Field[] Sampling =
    [
        new("model", ValueRules.Text, Required: true),
        new("temperature", ValueRules.Decimal(0, double.MaxValue), Nullable: true),
        new("top_p", ValueRules.Decimal(0, 1)),
        new("max_tokens", ValueRules.Integer(1), Nullable: true),
        new("stream", ValueRules.Flag),
        new("stop", Stop),
        new("random_seed", ValueRules.Integer(0, long.MaxValue), Nullable: true),
        new("metadata", ValueRules.Map, Nullable: true),
    ];

    public static Shape Chat { get; } = new(
    [
        .. Sampling,
        new Field("messages", ValueRules.ListOf(MessageShape.Check), Required: true),
        new Field("response_format", ResponseFormat.Check),
        new Field("tools", ToolShapes.Tools, Nullable: true),
        new Field("tool_choice", ToolShapes.Choice),
        new Field("parallel_tool_calls", ValueRules.Flag),
        new Field("presence_penalty", ValueRules.Decimal(-2, 2)),
        new Field("frequency_penalty", ValueRules.Decimal(-2, 2)),
        new Field("n", ValueRules.Integer(1, 128), Nullable: true),
        new Field("prediction", Prediction.Check),
        new Field("prompt_mode", ValueRules.OneOf("reasoning"), Nullable: true),
        new Field("reasoning_effort", ValueRules.OneOf("none", "minimal", "low", "medium", "high", "xhigh"), Nullable: true),
        new Field("safe_prompt", ValueRules.Flag),
        new Field("guardrails", ValueRules.ListOf(ValueRules.Map), Nullable: true),
        new Field("prompt_cache_key", ValueRules.Text, Nullable: true),
        new Field("service_tier", ValueRules.Text, Nullable: true),
    ]);

    public static Shape Fim { get; } = new(
    [
        .. Sampling,
        new Field("prompt", ValueRules.Text, Required: true),
        new Field("suffix", ValueRules.Text, Nullable: true),
        new Field("min_tokens", ValueRules.Integer(0), Nullable: true),
    ]);

    public static Shape Embeddings { get; } = new(
        new Field("model", ValueRules.Text, Required: true),
        new Field("input", ValueRules.TextOr("list[str]", ValueRules.ListOf(ValueRules.Text)), Required: true),
        new Field("metadata", ValueRules.Map, Nullable: true),
        new Field("output_dimension", ValueRules.Integer(1), Nullable: true),
        new Field("output_dtype", ValueRules.OneOf("float", "int8", "uint8", "binary", "ubinary")),
        new Field("encoding_format", ValueRules.OneOf("float", "base64")));

    /// <summary>Null if the body has the shape.</summary>
    public static MistralDetail? Check(Shape shape, JsonElement body) =>
        shape.Check(Location.Body, body).ToList() is { Count: > 0 } problems ? MistralDetail.Of(problems) : null;
}
