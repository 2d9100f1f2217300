using Asc.Contracts.Distribution.V1;

namespace Asc.DataPlane.Policies;

/// <summary>Policy only moves forward: what an attacker or a stale replica replays is refused. A seam: tests prove that without it they fail.</summary>
internal interface IVersionRatchet
{
    /// <summary>Whether <paramref name="offered"/> may follow <paramref name="enforced"/>.</summary>
    bool Admits(Manifest? enforced, Manifest offered);
}

/// <summary>
/// A rollback is a new version with old content, so a smaller number is never right within an epoch. A newer epoch is signed with the version:
/// it says that the control plane's database was restored, and its numbers begin where the backup's ended.
/// </summary>
internal sealed class VersionRatchet : IVersionRatchet
{
    public bool Admits(Manifest? enforced, Manifest offered) =>
        enforced is null || (offered.Epoch, offered.Version).CompareTo((enforced.Epoch, enforced.Version)) > 0;
}
