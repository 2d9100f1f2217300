using Asc.Contracts.Distribution.V1;
using Asc.DataPlane.Policies;
using Google.Protobuf;

namespace Asc.DataPlane.Admission;

/// <summary>
/// The access sequence on the node's own volume, so that a restart without the control plane forgets no key and undoes no revocation.
/// Length-delimited messages; a torn tail is cut off.
/// </summary>
internal sealed class AccessJournal(string directory)
{
    private readonly string path = Path.Combine(directory, "access.journal");
    private readonly Lock writing = new();
    private long end;

    public IReadOnlyList<StoredAccess> Read()
    {
        Directory.CreateDirectory(directory);
        var entries = new List<StoredAccess>();
        if (!File.Exists(path))
        {
            return entries;
        }

        using var stream = new MemoryStream(File.ReadAllBytes(path));
        try
        {
            while (stream.Position < stream.Length)
            {
                entries.Add(StoredAccess.Parser.ParseDelimitedFrom(stream));
                end = stream.Position;
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // A write that was cut short; the next one goes over it.
        }

        return entries;
    }

    /// <exception cref="IOException">It is not known to be on the disk.</exception>
    public void Append(StoredAccess entry, bool startsAnew)
    {
        using var buffer = new MemoryStream();
        entry.WriteDelimitedTo(buffer);
        var content = buffer.ToArray();
        // A batch and a snapshot's grants may come at once.
        lock (writing)
        {
            if (startsAnew)
            {
                DurableFile.Replace(path, content);
                end = content.Length;
                return;
            }

            DurableFile.WriteAt(path, end, content);
            end += content.Length;
        }
    }
}
