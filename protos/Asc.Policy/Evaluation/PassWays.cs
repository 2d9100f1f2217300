using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>
/// The ways in which one of the candidates could serve a request that none may: each by all of its conditions. What a way asks of the request is
/// tried on the request: another workload, say, may be denied what this one is not.
/// </summary>
internal sealed class PassWays(CompiledPolicy policy, RequestFacts facts, CompiledName name, string asked)
{
    private const int Told = 3;

    /// <summary>What all ways have in common, a condition each; then what they differ in, in one sentence.</summary>
    public IEnumerable<string> Conditions()
    {
        var ways = Distinct(Ways(isRequestsOwn: true));
        if (ways.Length == 0)
        {
            ways = [.. Distinct(Ways(isRequestsOwn: false)).Take(1)];
        }

        if (ways.Length < 2)
        {
            return ways.FirstOrDefault() ?? [];
        }

        var common = ways[0].Where(condition => ways.All(way => way.Contains(condition))).ToArray();
        var told = new HashSet<string>(StringComparer.Ordinal);
        return [.. common, $"either {string.Join("; or ", ways.Select(way => Text([.. way.Except(common)], told)))}"];
    }

    // Two ways may share an alternative, e.g. another deployment: it is told once.
    private static string Text(string[] way, HashSet<string> told) => way is [var condition] && condition.Split(", or ").Where(told.Add).ToArray() is { Length: > 0 } alternatives
        ? string.Join(", or ", alternatives)
        : string.Join("; and ", way);

    // The nearest first; a way that asks for all of another's and more is none of its own.
    private static string[][] Distinct(IEnumerable<string[]> ways)
    {
        var distinct = new List<string[]>();
        foreach (var way in ways.OrderBy(way => way.Length))
        {
            if (!distinct.Exists(nearer => nearer.All(way.Contains)))
            {
                distinct.Add(way);
            }
        }

        return [.. distinct.Take(Told)];
    }

    private IEnumerable<string[]> Ways(bool isRequestsOwn) => Enumerable.Range(0, facts.Serving!.CandidateArray.Length)
        .OrderByDescending(place => PolicyEvaluator.DepthOf(PolicyEvaluator.ExclusionOf(place, facts)))
        .Select(place => Way(place, facts.Serving.TargetOf(place), isRequestsOwn)).OfType<string[]>();

    private string[]? Way(int place, CompiledTarget target, bool isRequestsOwn)
    {
        var own = Of(facts, place).ToArray();
        if (target.IsFulfilledBy(facts))
        {
            // Where an earlier target takes the request to the same model, that one's way is told.
            return target.Takes(facts) ? [.. own, .. RoutingTexts.Conditions(facts, target, facts.Serving!.Candidates[place])] : null;
        }

        if (!isRequestsOwn)
        {
            return [.. own, $"targets.when of the Route {facts.Serving!.Name} lets {target.Model.Name} take it", .. RoutingTexts.Conditions(facts, target, facts.Serving!.Candidates[place])];
        }

        var known = own.Concat(PassConditions.OfName(facts, asked)).ToHashSet(StringComparer.Ordinal);
        var passing = Fulfilling.Of(policy, facts, target).Where(way => target.IsFulfilledBy(way.Facts) && way.Facts.Serving == facts.Serving && IsAdmitted(way.Facts)
            && Of(way.Facts, place).Concat(PassConditions.OfName(way.Facts, asked)).All(known.Contains)).ToArray();
        return passing.Length == 0
            ? null
            : [.. own, $"the request fulfils the condition of the target {target.Model.Name}: {ConditionText.Of(Fulfilling.Lacking(facts, target.When!, passing))}", .. RoutingTexts.Conditions(passing[0].Facts, target, facts.Serving!.Candidates[place])];
    }

    // What the request says wrong already is told elsewhere; nothing may come to it.
    private bool IsAdmitted(in RequestFacts changed) =>
        (AttributionRules.AdmitTags(changed).IsAllowed || !AttributionRules.AdmitTags(facts).IsAllowed)
        && (AttributionRules.AdmitWorkload(changed).IsAllowed || changed.Workload == facts.Workload);

    private IEnumerable<string> Of(RequestFacts judged, int place) => OfServing(judged).Concat(OfCandidate(judged, place));

    // What its workload is served by in its place may be denied or switched off, whatever its candidates are.
    private IEnumerable<string> OfServing(RequestFacts judged)
    {
        if (judged.Serving is not { } serving || serving == name)
        {
            yield break;
        }

        foreach (var condition in OfDenials(judged, serving))
        {
            yield return condition;
        }

        if (judged.Switches.DisabledModels.Contains(serving.Name))
        {
            yield return $"the model {serving.Name} is enabled again (asc model enable {serving.Name})";
        }
    }

    private static IEnumerable<string> OfDenials(RequestFacts judged, CompiledName reached)
    {
        if (judged.Tenant.Denied.Contains(reached))
        {
            yield return $"models.deny of {PassConditions.Denying(judged.Tenant, reached.Name)} no longer names {reached.Name}";
        }

        if (judged.Workload.Denied.Contains(reached))
        {
            yield return $"models.deny of the Workload {judged.Workload.Name} no longer names {reached.Name}";
        }
    }

    private IEnumerable<string> OfCandidate(RequestFacts judged, int place)
    {
        var candidate = judged.Serving!.Candidates[place];
        // What was asked for, or serves it, has been told of already.
        var isItself = candidate.Model == name || candidate.Model == judged.Serving;
        foreach (var condition in isItself ? [] : OfDenials(judged, candidate.Model))
        {
            yield return condition;
        }

        if (!judged.Tenant.MayBeProcessedIn(candidate))
        {
            var widened = $"residency.allow of {PassConditions.Narrowing(judged.Tenant, candidate.Region)} includes {candidate.Region}";
            var permitted = policy.RegionsOf(judged.Tenant);
            yield return permitted.Count > 0 ? $"{asked} gets a deployment in {DenialMessage.Join(permitted)}, or {widened}" : widened;
        }

        foreach (var condition in AttributionConditions.OfCandidate(policy, judged, candidate, asked))
        {
            yield return condition;
        }

        if (!isItself && judged.Switches.DisabledModels.Contains(candidate.Model.Name))
        {
            yield return $"the model {candidate.Model.Name} is enabled again (asc model enable {candidate.Model.Name})";
        }

        if (judged.Switches.DisabledProviders.Contains(candidate.Provider.Name))
        {
            yield return $"the provider {candidate.Provider.Name} is enabled again (asc provider enable {candidate.Provider.Name})";
        }

        if (!candidate.Provider.Offers(judged.Shape.Operation))
        {
            yield return $"{RoutingTexts.ToBeServed(judged, judged.Serving.TargetOf(place), candidate)}{candidate.Model.Name} gets a deployment of a provider that has {judged.Shape.Operation.Path()}";
        }

        if ((candidate.Loses(judged.Shape) & ~judged.Tenant.MayLose) is var lost and not RequestFeatures.None)
        {
            var canBeDropped = (lost & ~RequestFeatureNames.Droppable) == RequestFeatures.None;
            var refusing = judged.Tenant.Lineage().Where(tenant => tenant.Document.FeatureGaps == FeatureGaps.Refuse).Select(tenant => tenant.Path).ToArray();
            var withoutTools = judged with { Shape = judged.Shape with { Uses = judged.Shape.Uses & ~Capabilities.Tools } };
            var isItsTools = (candidate.Loses(withoutTools.Shape) & ~judged.Tenant.MayLose) == RequestFeatures.None && judged.Serving.TargetOf(place).Takes(withoutTools);
            yield return $"the request does not ask for {lost.Text()}, or "
                + (isItsTools ? "uses no tools, or " : "")
                + (canBeDropped ? $"featureGaps of {(refusing.Length > 0 ? DenialMessage.Join(refusing) : judged.Tenant.Path)} {(refusing.Length > 1 ? "are" : "is")} drop, or " : "")
                + $"{candidate.Model.Name} gets a deployment of a provider that has {judged.Shape.Operation.Path()} itself";
        }

        if ((judged.Routing.Unhealthy & (1UL << place)) != 0)
        {
            yield return $"{candidate.Provider.Name} answers again";
        }
    }
}
