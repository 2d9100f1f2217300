using Asc.ControlPlane.Policies;
using Asc.Policy.Compilation;

namespace Asc.ControlPlane.Replay;

/// <summary>The versions that judged the records. Keeps a few compiled, for one thread.</summary>
internal sealed class RecordedVersions(PolicyLibrary library)
{
    private const int Kept = 16;
    private readonly Dictionary<long, PublishedPolicy?> versions = [];

    /// <summary>How often what it kept was let go of.</summary>
    public int Generation { get; private set; }

    /// <summary>The version as it judged in that epoch; null where it is not held: a database that was restored has numbered on from where it stood.</summary>
    /// <param name="epoch">0: any.</param>
    public async ValueTask<CompiledPolicy?> FindAsync(long version, ulong epoch, CancellationToken cancellation)
    {
        if (!versions.TryGetValue(version, out var policy))
        {
            if (versions.Count >= Kept)
            {
                versions.Clear();
                Generation++;
            }

            policy = version > 0 ? await library.FindAsync(version, cancellation) : null;
            versions.Add(version, policy);
        }

        return policy is not null && (epoch == 0 || (ulong)policy.Row.Epoch == epoch) ? policy.Compiled : null;
    }
}
