using Asc.Contracts.Distribution.V1;

namespace Asc.ControlPlane.Distribution;

/// <summary>Keys and switches as they stood at one moment.</summary>
/// <param name="Epoch">Raised when the database was restored.</param>
/// <param name="Newest">The newest number.</param>
/// <param name="Entries">Every subject once, in its newest state, ordered by sequence.</param>
internal sealed record AccessSnapshot(long Epoch, long Newest, IReadOnlyList<AccessEntry> Entries)
{
    public static AccessSnapshot None { get; } = new(0, 0, []);

    public IEnumerable<AccessEntry> After(long sequence)
    {
        var (low, high) = (0, Entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = (long)Entries[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return Entries.Skip(low);
    }

    /// <summary>The same with what changed behind <see cref="Newest"/>.</summary>
    public AccessSnapshot With(long epoch, long newest, IReadOnlyList<AccessEntry> changed)
    {
        var moved = changed.Select(SubjectOf).ToHashSet();
        // A change that was committed after the counter was read is here, too.
        return new(
            epoch,
            changed.Count > 0 ? Math.Max(newest, (long)changed[^1].Sequence) : newest,
            moved.Count == 0 ? Entries : [.. Entries.Where(entry => !moved.Contains(SubjectOf(entry))), .. changed]);
    }

    private static (AccessEntry.SubjectOneofCase Kind, string Id) SubjectOf(AccessEntry entry) =>
        (entry.SubjectCase, entry.Key?.KeyId ?? entry.Tenant?.TenantId ?? entry.Model?.Model ?? entry.Provider?.Provider ?? "");
}
