using System.Collections.Concurrent;
using System.Collections.Frozen;
using Asc.Contracts.Distribution.V1;
using Asc.Policy.Evaluation;
using Google.Protobuf;

namespace Asc.DataPlane.Admission;

/// <summary>
/// Keys, suspensions and kill switches as they stand. Many readers, one writer; what tightens is in force with the write, whatever the policy version.
/// </summary>
internal sealed class AccessList
{
    private static readonly LoadedGrant Unnarrowed = new(new KeyGrant());
    private readonly ConcurrentDictionary<ByteString, LoadedGrant> grants = new();
    private volatile State state = new(epoch: 0);

    /// <summary>How far the access sequence has come, and in which epoch of the control plane.</summary>
    public (ulong Epoch, ulong Sequence) Position
    {
        get
        {
            var now = state;
            return (now.Epoch, now.Switches.Sequence);
        }
    }

    /// <summary>How far the access sequence has come.</summary>
    public ulong Sequence => state.Switches.Sequence;

    /// <summary>What is switched off beside the policy.</summary>
    public AccessSwitches Switches => state.Switches;

    /// <summary>The key with these id characters; null where there is none.</summary>
    public AccessKey? Find(ReadOnlySpan<char> idCharacters) => state.ById.TryGetValue(idCharacters, out var key) ? key : null;

    /// <summary>What the key narrows; null where that has not reached the node, so that the key can't be used yet.</summary>
    public LoadedGrant? GrantOf(AccessKey key) => key.GrantSha256.IsEmpty ? Unnarrowed : grants.GetValueOrDefault(key.GrantSha256);

    public void AddGrant(ByteString sha256, LoadedGrant grant) => grants[sha256] = grant;

    /// <summary>Grants that keys of these tenants need and the node lacks.</summary>
    public IReadOnlyCollection<ByteString> MissingGrants(IReadOnlySet<string> tenantIds) =>
        [.. state.Keys.Values
            .Where(key => !key.GrantSha256.IsEmpty && tenantIds.Contains(key.TenantId) && !grants.ContainsKey(key.GrantSha256))
            .Select(key => key.GrantSha256)
            .Distinct()];

    /// <summary>Applies a batch that continues the sequence, or starts it anew (<c>after</c> = 0), as every epoch does.</summary>
    public void Apply(AccessBatch batch)
    {
        var next = state;
        if (batch.After == 0)
        {
            // The journal starts anew with the sequence, so what narrows keys is fetched and kept anew too.
            next = new State(batch.Epoch);
            grants.Clear();
        }

        var (suspended, models, providers) =
            (next.Switches.SuspendedTenants.ToHashSet(), next.Switches.DisabledModels.ToHashSet(), next.Switches.DisabledProviders.ToHashSet());
        foreach (var entry in batch.Entries)
        {
            switch (entry.SubjectCase)
            {
                case AccessEntry.SubjectOneofCase.Key:
                    next.Keys[entry.Key.KeyId[2..]] = ToKey(entry.Key);
                    break;
                case AccessEntry.SubjectOneofCase.Tenant:
                    Set(suspended, entry.Tenant.TenantId, entry.Tenant.Suspended);
                    break;
                case AccessEntry.SubjectOneofCase.Model:
                    Set(models, entry.Model.Model, entry.Model.Disabled);
                    break;
                case AccessEntry.SubjectOneofCase.Provider:
                    Set(providers, entry.Provider.Provider, entry.Provider.Disabled);
                    break;
            }
        }

        next.Switches = new(batch.Through, suspended.ToFrozenSet(), models.ToFrozenSet(), providers.ToFrozenSet());
        state = next;
    }

    private static AccessKey ToKey(KeyState key) => new(
        key.KeyId, key.TenantId, key.SecretSha256.ToByteArray(), key.ExpiresAt?.ToDateTimeOffset(), key.RevokedAt is not null, key.GrantSha256);

    private static void Set(HashSet<string> set, string member, bool present)
    {
        if (present)
        {
            set.Add(member);
        }
        else
        {
            set.Remove(member);
        }
    }

    private sealed class State
    {
        private volatile AccessSwitches switches = AccessSwitches.None;

        public State(ulong epoch) => (Epoch, ById) = (epoch, Keys.GetAlternateLookup<ReadOnlySpan<char>>());

        public ulong Epoch { get; }

        public ConcurrentDictionary<string, AccessKey> Keys { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, AccessKey>.AlternateLookup<ReadOnlySpan<char>> ById { get; }

        public AccessSwitches Switches
        {
            get => switches;
            set => switches = value;
        }
    }
}
