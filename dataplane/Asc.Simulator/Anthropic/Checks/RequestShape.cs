using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>The top-level fields of a request and what each looks like by itself, whatever the model.</summary>
internal static class RequestShape
{
    private static readonly Shape Latest = new(
        new Field("model", ValueRules.Text, Required: true),
        new Field("messages", ValueRules.ListOf(MessageShape.Check), Required: true),
        new Field("max_tokens", ValueRules.Integer(0), Required: true),
        CacheControl.Field,
        new Field("container", ValueRules.Any),
        new Field("diagnostics", new Shape(new Field("previous_message_id", ValueRules.Text)).Check),
        new Field("inference_geo", ValueRules.OneOf("global", "us")),
        new Field("metadata", new Shape(new Field("user_id", ValueRules.AtMost(256))).Check),
        new Field("output_config", OutputConfig.Check),
        new Field("service_tier", ValueRules.OneOf("auto", "standard_only")),
        new Field("speed", ValueRules.OneOf("standard", "fast")),
        new Field("stop_sequences", ValueRules.ListOf(StopSequence)),
        new Field("stream", ValueRules.Flag),
        new Field("system", System),
        new Field("thinking", ThinkingConfig.Check),
        new Field("tool_choice", ToolChoice.Check),
        new Field("tools", ValueRules.ListOf(ToolShape.Check)));

    private static readonly Field[] Sampling =
    [
        new("temperature", ValueRules.Fraction), new("top_p", ValueRules.Fraction), new("top_k", ValueRules.Integer(0)),
    ];

    // Not of a request whose tokens are only counted.
    private static readonly string[] OfAnswers =
        ["max_tokens", "container", "diagnostics", "inference_geo", "metadata", "service_tier", "stop_sequences", "stream"];

    private static readonly Shape First = Latest.With(Sampling);
    private static readonly Shape LatestCount = Latest.Without(OfAnswers);
    private static readonly Shape FirstCount = First.Without(OfAnswers);

    // Fields that exist only for those who ask for the beta.
    private static readonly (Field Field, string Beta)[] OfBetas =
    [
        (new Field("context_management", ValueRules.Object), "context-management-"),
        (new Field("context_management", ValueRules.Object), "compact-"),
        (new Field("mcp_servers", ValueRules.Array), "mcp-client-"),
    ];

    public static AnthropicError? Check(JsonElement body, AnthropicVersion version, bool countsOnly, HttpRequest request)
    {
        var shape = version == AnthropicVersion.First ? (countsOnly ? FirstCount : First) : (countsOnly ? LatestCount : Latest);
        var betas = OfBetas.Where(beta => AnthropicHeaders.HasBeta(request, beta.Beta)).Select(beta => beta.Field).DistinctBy(field => field.Name).ToArray();
        return (betas.Length > 0 ? shape.With(betas) : shape).Check("", body);
    }

    private static AnthropicError? System(string path, JsonElement system) =>
        system.ValueKind == JsonValueKind.String ? null : TextBlock.List(path, system);

    private static AnthropicError? StopSequence(string path, JsonElement stop) =>
        ValueRules.Text(path, stop)
        ?? (string.IsNullOrWhiteSpace(stop.GetString())
            ? AnthropicError.Invalid("stop_sequences: each stop sequence must contain non-whitespace")
            : null);
}
