namespace Asc.DataPlane.Reporting;

/// <summary>
/// Tokens of one request, in one algebra for all protocols: input + cached read + cache write is all that was read, output includes reasoning.
/// </summary>
/// <param name="Input">Read at the full price.</param>
/// <param name="CachedRead">Read from a prompt cache.</param>
/// <param name="CacheWrite">Written to a prompt cache.</param>
/// <param name="Output">Generated, reasoning included.</param>
/// <param name="Reasoning">Of the output, what the client doesn't see.</param>
/// <param name="Estimated">Counted by ASC, as the provider sent none.</param>
internal readonly record struct TokenUsage(long Input, long CachedRead, long CacheWrite, long Output, long Reasoning, bool Estimated);
