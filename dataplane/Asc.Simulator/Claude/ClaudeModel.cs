namespace Asc.Simulator.Claude;

/// <summary>
/// A model of the simulated Anthropic API and what it takes. What is not said has the value that a recent model has:
/// 128k tokens of output, adaptive thinking when asked for, no sampling parameters, no prefill.
/// </summary>
public sealed record ClaudeModel
{
    /// <summary>All efforts there are, from the least to the most.</summary>
    public static IReadOnlyList<string> AllEfforts { get; } = ["low", "medium", "high", "xhigh", "max"];

    /// <summary>The id, or a prefix ending in <c>*</c>, which is accepted in requests but not listed.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The line it belongs to, e.g. <c>opus</c>; null: none.</summary>
    public string? Line { get; init; }

    /// <summary>When it was released.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The most that <c>max_tokens</c> may be.</summary>
    public int MaxOutput { get; init; } = 128_000;

    /// <summary>Longer prompts are refused; tokens.</summary>
    public int ContextWindow { get; init; } = 1_000_000;

    /// <summary>Shorter prefixes are not cached, whatever the request says; tokens.</summary>
    public int MinCachedTokens { get; init; } = 1_024;

    /// <summary>The sampling parameters that it takes.</summary>
    public ClaudeSampling Sampling { get; init; } = ClaudeSampling.None;

    /// <summary>Whether the last message may be the beginning of the answer.</summary>
    public bool TakesPrefill { get; init; }

    /// <summary>Whether a tool may be forced on it.</summary>
    public bool TakesForcedTools { get; init; } = true;

    /// <summary>Whether <c>messages</c> may contain system messages.</summary>
    public bool TakesSystemMessages { get; init; } = true;

    /// <summary>Whether the place of inference may be chosen.</summary>
    public bool TakesInferenceGeo { get; init; } = true;

    /// <summary>The efforts that it takes; empty: the parameter is refused.</summary>
    public IReadOnlyList<string> Efforts { get; init; } = AllEfforts;

    /// <summary>The kinds of thinking that a request may ask for.</summary>
    public ClaudeThinking Thinking { get; init; } = ClaudeThinking.Disabled | ClaudeThinking.Adaptive;

    /// <summary>Whether it thinks when the request says nothing of it.</summary>
    public bool ThinksUnasked { get; init; }

    /// <summary>Whether thinking is shown when the request does not say; otherwise its text is empty.</summary>
    public bool ShowsThinking { get; init; }

    /// <summary>Whether thinking that comes back is refused by another model, and after other messages than it came from.</summary>
    public bool BindsThinking { get; init; }
}
