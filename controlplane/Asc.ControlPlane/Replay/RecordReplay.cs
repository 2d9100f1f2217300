using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Replay;

/// <summary>One record under another policy.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Before">What was said of it.</param>
/// <param name="After">What would be.</param>
/// <param name="Cost">What it costs, before and after.</param>
/// <param name="Facts">What the other policy judges; null where it doesn't have the tenant, or none judged it.</param>
internal readonly record struct Replayed(ReplayKind Kind, Verdict Before, Verdict After, ReplayCost Cost, RequestFacts? Facts)
{
    public static Replayed NotJudged { get; } = new(ReplayKind.NotJudged, default, default, default, null);
}

/// <summary>
/// Judges recorded requests by another policy and compares the decisions: what came of a call afterwards is not the decision's. Remembers
/// what many records have in common, so it is for one thread.
/// </summary>
internal sealed class RecordReplay(CompiledPolicy against)
{
    private const int RememberedMaximum = 8192;
    private readonly Dictionary<CallerKey, ReplayedCaller> callers = [];
    private readonly Dictionary<(CompiledName? Recorded, CompiledName? Against), PlaceTranslation> places = [];

    /// <summary>Forgets the versions that are remembered with the records they judged.</summary>
    public void Forget()
    {
        callers.Clear();
        places.Clear();
    }

    /// <param name="tenant">Whose request it was; empty where no key was verified.</param>
    /// <param name="record">What its node reported.</param>
    /// <param name="recorded">The version that judged it; null where it is not held.</param>
    public Replayed Replay(string tenant, ExecutionRecord record, CompiledPolicy? recorded)
    {
        if (tenant.Length == 0)
        {
            return Replayed.NotJudged;
        }

        var caller = CallerOf(tenant, record, recorded);
        var before = caller.Recorded(record);
        var decided = before is { } judged ? PolicyEvaluator.Evaluate(judged) : (Decision?)null;
        // A refusal that policy doesn't explain is of something else: a revoked key, a malformed body.
        if ((decided is { } decision ? Verdict.Of(decision) : Verdict.ToldBy(record)) is not { } was || (was.Code != record.Code && record.Provider.Length == 0))
        {
            return Replayed.NotJudged;
        }

        var facts = caller.Against(record) is { } asked ? asked with { Routing = PlacesOf(before?.Serving, asked.Serving).Translate(asked.Routing, record.Id) } : (RequestFacts?)null;
        var deciding = facts is { } judging ? Decide(judging, record) : (Decision?)null;
        var after = deciding is { } then ? Verdict.Of(then) : Verdict.NoTenant(tenant);
        var kind = Compare(was, after);
        return new(kind, was, after, ReplayCost.Of(record, decided?.Candidate, deciding?.Candidate, kind), facts);
    }

    /// <summary>Whether the request was refused by what its key says, before it was read: what it asked for is not known.</summary>
    public static bool IsUnread(ExecutionRecord record) => record.RequestedModel.Length == 0;

    /// <summary>What the other policy decides, as far as is known of the request.</summary>
    public static Decision Decide(in RequestFacts facts, ExecutionRecord record) => IsUnread(record) ? PolicyEvaluator.AdmitCaller(facts) : PolicyEvaluator.Evaluate(facts);

    private ReplayedCaller CallerOf(string tenant, ExecutionRecord record, CompiledPolicy? recorded)
    {
        var key = new CallerKey(tenant, record, recorded is not null);
        if (!callers.TryGetValue(key, out var caller))
        {
            if (callers.Count >= RememberedMaximum)
            {
                callers.Clear();
            }

            caller = new(tenant, record, recorded, against);
            callers.Add(key, caller);
        }

        return caller;
    }

    private PlaceTranslation PlacesOf(CompiledName? before, CompiledName? after)
    {
        if (!places.TryGetValue((before, after), out var translation))
        {
            translation = PlaceTranslation.Between(before, after);
            places.Add((before, after), translation);
        }

        return translation;
    }

    private static ReplayKind Compare(in Verdict before, in Verdict after) => (before.IsAllowed, after.IsAllowed) switch
    {
        (true, false) => ReplayKind.NewlyDenied,
        (false, true) => before.IsOfCounters ? ReplayKind.MayPass : ReplayKind.NewlyPermitted,
        (true, true) => before.First == after.First ? ReplayKind.Unchanged : ReplayKind.Rerouted,
        _ => before.Code == after.Code ? ReplayKind.Unchanged : ReplayKind.DeniedOtherwise,
    };
}
