using System.Runtime.InteropServices;
using Asc.Contracts.Telemetry.V1;

namespace Asc.ControlPlane.Replay;

/// <summary>Why a decision changes: the rule that denies a request, or denied it.</summary>
internal readonly record struct ReplayReason(ReplayKind Kind, string Code, string Rule, string Origin);

/// <summary>What a replay has found so far; its size grows with tenants and rules, not with records.</summary>
internal sealed class ReplayTally
{
    private readonly Dictionary<string, ReplayCounts> tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<ReplayReason, ulong> reasons = [];
    private readonly Dictionary<(string Tenant, ReplayKind Kind), NewestChanges> examples = [];

    /// <summary>By tenant; empty where no key was verified.</summary>
    public IReadOnlyDictionary<string, ReplayCounts> Tenants => tenants;

    public IReadOnlyDictionary<ReplayReason, ulong> Reasons => reasons;

    public IReadOnlyDictionary<(string Tenant, ReplayKind Kind), NewestChanges> Examples => examples;

    public void Add(long position, string tenant, ExecutionRecord record, in Replayed replayed)
    {
        Of(tenants, tenant).Add(replayed);
        if (replayed.Kind is ReplayKind.Unchanged or ReplayKind.NotJudged)
        {
            return;
        }

        if (replayed.Kind != ReplayKind.Rerouted)
        {
            var denial = replayed.Kind is ReplayKind.NewlyPermitted or ReplayKind.MayPass ? replayed.Before : replayed.After;
            CollectionsMarshal.GetValueRefOrAddDefault(reasons, new(replayed.Kind, denial.Code, denial.Rule, denial.Origin), out _)++;
        }

        var newest = Of(examples, (tenant, replayed.Kind));
        if (newest.Wants(position))
        {
            newest.Add(new(position, tenant, record, replayed));
        }
    }

    public void Add(ReplayTally other)
    {
        foreach (var (tenant, counts) in other.tenants)
        {
            Of(tenants, tenant).Add(counts);
        }

        foreach (var (reason, count) in other.reasons)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(reasons, reason, out _) += count;
        }

        foreach (var (key, newest) in other.examples)
        {
            foreach (var change in newest.Changes)
            {
                Of(examples, key).Add(change);
            }
        }
    }

    private static TValue Of<TKey, TValue>(Dictionary<TKey, TValue> all, TKey key)
        where TKey : notnull
        where TValue : new()
    {
        ref var one = ref CollectionsMarshal.GetValueRefOrAddDefault(all, key, out _);
        return one ??= new();
    }
}
