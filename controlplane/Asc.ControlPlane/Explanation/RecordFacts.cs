using System.Collections.Frozen;
using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Explanation;

/// <summary>What was judged, from a record's inputs: by names, so that any policy can judge it again.</summary>
internal static class RecordFacts
{
    private static readonly DecisionInputs Nothing = new();

    public static RequestFacts Of(CompiledPolicy policy, CompiledTenant tenant, ExecutionRecord record) => Asking(CallerOf(policy, tenant, record), policy, record);

    /// <summary>Who asks, and what is said of it: the costly part, and the same for many records.</summary>
    public static RequestFacts CallerOf(CompiledPolicy policy, CompiledTenant tenant, ExecutionRecord record)
    {
        var inputs = InputsOf(record);
        var switches = new AccessSwitches(
            inputs.AccessSequence,
            inputs.SuspendedTenantId.Length > 0 ? [inputs.SuspendedTenantId] : [],
            inputs.DisabledModels.ToFrozenSet(StringComparer.Ordinal),
            inputs.DisabledProviders.ToFrozenSet(StringComparer.Ordinal));
        NamePattern[]? keyModels = inputs.KeyModels.Count == 0 ? null : [.. inputs.KeyModels.Select(model => new NamePattern(model))];
        var key = new KeyAttribution([.. inputs.KeyTags], [.. inputs.KeyWorkloads], [.. inputs.KeyDataClasses]);
        return new RequestFacts(tenant, null, 0, keyModels, switches)
        {
            Attribution = RequestAttribution.Of(policy, tenant, key, [.. inputs.Tags], inputs.Workload.Length > 0 ? inputs.Workload : null, inputs.DataClasses),
        };
    }

    /// <summary>What the record's caller asks for, and where.</summary>
    /// <param name="caller">From <see cref="CallerOf"/>, of this record or of one that says the same of its caller.</param>
    /// <param name="policy">The same.</param>
    /// <param name="record">Health and latencies are by the places of the candidates in the version that judged it.</param>
    public static RequestFacts Asking(in RequestFacts caller, CompiledPolicy policy, ExecutionRecord record)
    {
        var inputs = InputsOf(record);
        return Limited(caller, policy, inputs) with
        {
            Name = policy.FindName(record.RequestedModel),
            NodeRegion = policy.Regions.BitOf(record.Region),
            Shape = new((Capabilities)inputs.Uses, (long)inputs.PromptTokens, (long)inputs.MaxOutputTokens, Operations.OfEndpoint(record.Endpoint), (RequestFeatures)inputs.Features),
            Routing = new(
                inputs.UnhealthyCandidates, inputs.RestingCandidates, inputs.LimitedCandidates, inputs.Draw, inputs.Sticky,
                inputs.Latencies.Count == 0 ? null : [.. inputs.Latencies], DayOf(record)),
        };
    }

    // A limit that the other policy has come to observe only, or has ceased to, refuses as it says there.
    private static RequestFacts Limited(in RequestFacts facts, CompiledPolicy policy, DecisionInputs inputs)
    {
        var (refused, observed) = (Under(facts, policy, inputs.RefusedLimit, wasObserved: false), Under(facts, policy, inputs.ObservedLimit, wasObserved: true));
        return facts with
        {
            Refusal = refused is { IsObserved: false } ? refused.Value.Refusal : observed is { IsObserved: false } ? observed.Value.Refusal : null,
            ObservedRefusal = observed is { IsObserved: true } ? observed.Value.Refusal : refused is { IsObserved: true } ? refused.Value.Refusal : null,
        };
    }

    // What counters would have said under another value nobody knows: a limit that is no lower than it was refuses again, one that is gone or raised doesn't.
    private static (LimitRefusal Refusal, bool IsObserved)? Under(in RequestFacts facts, CompiledPolicy policy, RefusedLimit? refused, bool wasObserved)
    {
        if (refused is null || KindOf(refused.Rule) is not { } kind)
        {
            return null;
        }

        var refusal = new LimitRefusal(kind, (long)refused.Value, refused.Origin, refused.Counted, refused.RetryAfterMs)
        {
            Scope = Enum.TryParse(refused.Scope, out LimitScope scope) ? scope : null,
            Part = refused.Part,
            Asked = refused.HasAsked ? (long)refused.Asked : null,
            Left = refused.HasLeft ? (long)refused.Left : null,
            NodeShare = refused.HasNodeShare ? (long)refused.NodeShare : null,
        };
        return refusal.Scope switch
        {
            null => HoldsUnscoped(facts.Tenant, policy, refusal) ? (refusal, wasObserved) : null,
            // What a key says of itself is in no policy.
            LimitScope.Key => (refusal, false),
            _ => Holding(facts.Tenant, policy, refusal) is { } limit ? (refusal, limit.IsObserved) : null,
        };
    }

    // The same limit, if it is there and no higher.
    private static CompiledLimit? Holding(CompiledTenant tenant, CompiledPolicy policy, LimitRefusal refusal)
    {
        var limits = refusal.Scope switch
        {
            LimitScope.TenantKey => tenant.KeyLimits,
            LimitScope.Model => policy.FindName(refusal.Counted) is { } model ? model.Limits : [],
            LimitScope.TenantWorkload => policy.FindWorkload(refusal.Part) is { } workload ? workload.Limits : [],
            _ => tenant.Limits,
        };
        foreach (var limit in limits)
        {
            if (limit.Scope == refusal.Scope && limit.Kind == refusal.Kind && (limit.Origin?.Path ?? "") == refusal.Origin && limit.Part == refusal.Part && limit.Value <= refusal.Value)
            {
                return limit;
            }
        }

        return null;
    }

    // Of a record that doesn't say which limit it was: any that is like it.
    private static bool HoldsUnscoped(CompiledTenant tenant, CompiledPolicy policy, LimitRefusal refusal) => refusal.Origin.Length > 0
        ? Holds(tenant.Limits, refusal) || Holds(tenant.KeyLimits, refusal)
        // A model's; what a key says of itself is in no policy.
        : policy.FindName(refusal.Counted) is not { } model || Holds(model.Limits, refusal);

    private static bool Holds(ReadOnlySpan<CompiledLimit> limits, LimitRefusal refusal)
    {
        foreach (var limit in limits)
        {
            if (limit.Kind == refusal.Kind && (limit.Origin?.Path ?? "") == refusal.Origin && limit.Value <= refusal.Value)
            {
                return true;
            }
        }

        return false;
    }

    private static LimitKind? KindOf(string rule) =>
        Enum.GetValues<LimitKind>().Where(kind => LimitRefusal.RuleOf(kind).WireName() == rule).Select(kind => (LimitKind?)kind).FirstOrDefault();

    /// <summary>The day whose prices apply, as <see cref="DateOnly.DayNumber"/>.</summary>
    public static int DayOf(ExecutionRecord record) => record.StartedAt is { } at ? RoutingInputs.DayOf(at.ToDateTimeOffset()) : 0;

    public static DecisionInputs InputsOf(ExecutionRecord record) => record.Inputs ?? Nothing;
}
