using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire;

/// <summary>What a stream says of its prompt's tokens, as far as it does: a later event corrects what it repeats, and leaves the rest as it was.</summary>
internal readonly record struct PromptUsage(long? Input, long? CachedRead, long? CacheWrite, long? LongCacheWrite)
{
    /// <summary>What is known now; null: nothing.</summary>
    public TokenUsage? After(TokenUsage? before)
    {
        if ((Input ?? before?.Input) is not { } input)
        {
            return null;
        }

        var earlier = before.GetValueOrDefault();
        var written = CacheWrite ?? earlier.CacheWrite;
        return new(input, CachedRead ?? earlier.CachedRead, written, 0, 0, Estimated: false) { LongCacheWrite = Math.Min(LongCacheWrite ?? earlier.LongCacheWrite, written) };
    }
}
