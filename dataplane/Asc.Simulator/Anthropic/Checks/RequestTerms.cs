using System.Text.Json;
using Asc.Simulator.Claude;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>A request whose fields are well formed, and what decides whether they are also allowed.</summary>
/// <param name="Body">The request.</param>
/// <param name="Model">The model asked for.</param>
/// <param name="Version">The version of the API.</param>
internal sealed record RequestTerms(JsonElement Body, ClaudeModel Model, AnthropicVersion Version)
{
    public JsonElement Messages => Body.GetProperty("messages");

    /// <summary>The kind of thinking asked for; null: the request does not say.</summary>
    public string? Thinking => Body.TryGetPresent("thinking", out var thinking) ? thinking.TextOf("type") : null;

    /// <summary>Whether the request itself turns thinking on.</summary>
    public bool AsksToThink => Thinking is "enabled" or "adaptive";

    /// <summary>The most tokens to answer with; null where tokens are only counted.</summary>
    public int? MaxTokens => Body.TryGetPresent("max_tokens", out var max) ? (int)Math.Min(max.GetInt64(), int.MaxValue) : null;

    public JsonElement? Format =>
        Body.TryGetPresent("output_config", out var config) && config.TryGetPresent("format", out var format) ? format : null;
}
