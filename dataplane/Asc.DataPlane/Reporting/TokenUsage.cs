namespace Asc.DataPlane.Reporting;

/// <summary>
/// Tokens of one request, in one algebra for all protocols: input + cached read + cache write is all that was read, output includes reasoning.
/// </summary>
/// <param name="Input">Read at the full price.</param>
/// <param name="CachedRead">Read from a prompt cache.</param>
/// <param name="CacheWrite">Written to a prompt cache.</param>
/// <param name="Output">Generated, reasoning included.</param>
/// <param name="Reasoning">Of the output, what the client doesn't see.</param>
/// <param name="Estimated">All or part of it is counted by ASC, as a provider sent none.</param>
internal readonly record struct TokenUsage(long Input, long CachedRead, long CacheWrite, long Output, long Reasoning, bool Estimated)
{
    /// <summary>Of the cache writes, what is kept for the longer of the provider's two lifetimes: 1 h at Anthropic, 12 h at OpenAI.</summary>
    public long LongCacheWrite { get; init; }

    /// <summary>Of all that was read, what is audio.</summary>
    public long AudioInput { get; init; }

    /// <summary>Of all that was read, what are images, where the provider tells.</summary>
    public long ImageInput { get; init; }

    /// <summary>Of the output, what is audio.</summary>
    public long AudioOutput { get; init; }

    /// <summary>With the prompts of calls that were sent and not answered.</summary>
    public TokenUsage With(long unansweredInput) => unansweredInput == 0 ? this : this with { Input = Input + unansweredInput, Estimated = true };
}
