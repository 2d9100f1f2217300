namespace Asc.Simulator.Anthropic.Answers;

/// <summary>The tokens of a prompt, by what the cache had to do with them.</summary>
/// <param name="Uncached">Neither read nor written: what comes after the last breakpoint.</param>
/// <param name="Read">Read from the cache.</param>
/// <param name="WrittenShort">Written to it for five minutes.</param>
/// <param name="WrittenLong">Written to it for an hour.</param>
internal readonly record struct CachedPrompt(int Uncached, int Read, int WrittenShort, int WrittenLong)
{
    public int Total => Uncached + Read + WrittenShort + WrittenLong;
}
