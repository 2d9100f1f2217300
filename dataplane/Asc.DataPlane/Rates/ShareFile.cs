using Asc.Contracts.Accounting.V1;
using Asc.DataPlane.Policies;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Asc.DataPlane.Rates;

/// <summary>This node's part of the implied shares on its own volume: where it starts without the control plane, it goes on with it.</summary>
internal sealed class ShareFile(string directory, TimeProvider clock)
{
    // Later the control plane may have given it to others.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan Renewal = TimeSpan.FromHours(1);
    private readonly string path = Path.Combine(directory, "shares");
    private (long Part, IReadOnlySet<string> Lent, DateTimeOffset At) kept = (-1, new HashSet<string>(), DateTimeOffset.MinValue);

    /// <summary>Null: there is none that is still good.</summary>
    public StoredShares? Read()
    {
        try
        {
            var stored = File.Exists(path) ? StoredShares.Parser.ParseFrom(File.ReadAllBytes(path)) : null;
            return stored?.KeptAt is { } at && clock.GetUtcNow() - at.ToDateTimeOffset() < Lifetime ? stored : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Keeps it, where it has changed; before the control plane is told of it.</summary>
    public void Keep(long part, IReadOnlySet<string> lent)
    {
        var now = clock.GetUtcNow();
        if (kept.Part != part || !kept.Lent.SetEquals(lent) || now - kept.At > Renewal)
        {
            DurableFile.Replace(path, new StoredShares { Part = (ulong)part, Lent = { lent }, KeptAt = Timestamp.FromDateTimeOffset(now) }.ToByteArray());
            kept = (part, lent, now);
        }
    }

    /// <summary>It is given back.</summary>
    public void Forget() => File.Delete(path);
}
