using Asc.Contracts.Distribution.V1;
using Google.Protobuf;

namespace Asc.DataPlane.Policies;

/// <summary>
/// The policy on the node's own volume, in two slots written in turn, so that a node starts without the control plane and a bad write costs one version at most.
/// </summary>
internal sealed class LastKnownGood(string directory)
{
    private readonly string[] slots = [Path.Combine(directory, "policy.a"), Path.Combine(directory, "policy.b")];
    private int nextSlot;

    /// <summary>What the slots hold, readable or not, the newest first. What can't be read is told to <paramref name="onUnreadable"/>.</summary>
    public IReadOnlyList<StoredSnapshot> Read(Action<string, Exception> onUnreadable)
    {
        Directory.CreateDirectory(directory);
        var found = new List<(int Slot, ulong Epoch, ulong Version, StoredSnapshot Snapshot)>();
        for (var slot = 0; slot < slots.Length; slot++)
        {
            try
            {
                if (File.Exists(slots[slot]))
                {
                    var snapshot = StoredSnapshot.Parser.ParseFrom(File.ReadAllBytes(slots[slot]));
                    var manifest = Manifest.Parser.ParseFrom(snapshot.Manifest?.Manifest ?? ByteString.Empty);
                    found.Add((slot, manifest.Epoch, manifest.Version, snapshot));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
            {
                onUnreadable(slots[slot], exception);
            }
        }

        var ordered = found.OrderByDescending(entry => (entry.Epoch, entry.Version)).ToArray();
        nextSlot = ordered.Length > 0 ? 1 - ordered[0].Slot : 0;
        return [.. ordered.Select(entry => entry.Snapshot)];
    }

    /// <exception cref="IOException">It is not known to be on the disk.</exception>
    public void Write(Snapshot snapshot)
    {
        var stored = new StoredSnapshot { Manifest = snapshot.Signed };
        stored.Resources.AddRange(snapshot.Manifest.Resources.Select(reference => snapshot.Contents[reference.Sha256]));
        DurableFile.Replace(slots[nextSlot], stored.ToByteArray());
        nextSlot = 1 - nextSlot;
    }
}
