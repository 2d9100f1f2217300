namespace Asc.ControlPlane.Replay;

/// <summary>Deals pages of a timeline out to those that read it, the newest first. Safe for all of them at once.</summary>
internal sealed class RecordPages(long after, long through)
{
    private const int Size = 1000;
    private long dealt = -1;

    /// <summary>The next page; null where all are dealt.</summary>
    public (long After, long Through)? Next()
    {
        var end = through - (Interlocked.Increment(ref dealt) * Size);
        return end > after ? (Math.Max(after, end - Size), end) : null;
    }
}
