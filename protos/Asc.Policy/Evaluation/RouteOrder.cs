using System.Globalization;
using Asc.Policy.Comparison;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>How a route ordered what it kept, as people read it.</summary>
/// <param name="serving">The route.</param>
/// <param name="facts">What was judged.</param>
/// <param name="isForeseen">Whether no node has drawn and measured for it yet.</param>
internal sealed class RouteOrder(CompiledName serving, RequestFacts facts, bool isForeseen)
{
    private readonly int[] kept = Kept(facts with { Routing = facts.Routing with { Resting = 0, Limited = 0 } });

    /// <summary>Null where it is no route that chooses.</summary>
    public OrderTrace? Trace => serving.IsRoute ? new(EnumText.Of(serving.Strategy), Text + Late, IsOpen) : null;

    /// <summary>Whether it can't be known beforehand who is asked first.</summary>
    public bool IsOpen => isForeseen && serving.Strategy switch
    {
        RouteStrategy.Weighted => Targets.Length > 1,
        RouteStrategy.LeastLatency => kept.Length > 1,
        _ => false,
    };

    /// <summary>Who may be asked first, and by what that is decided.</summary>
    public string Choice => serving.Strategy == RouteStrategy.Weighted
        ? $"which of {Targets.Length} targets serves it is drawn, by their weights ({string.Join(", ", Targets.Select(target => $"{target.Model.Name} {Number(target.Weight)}"))})"
        : $"which of {kept.Length} candidates serves it depends on what the node measures: it asks the faster of two that it draws";

    /// <summary>As they are asked; where that is open those with the greatest weights first.</summary>
    public CandidateRanking Ranking()
    {
        var ranking = default(CandidateRanking);
        if (!IsOpen)
        {
            PolicyEvaluator.ChooseRoute(facts, ref ranking);
            return ranking;
        }

        foreach (var place in kept.Order().OrderByDescending(place => serving.Strategy == RouteStrategy.Weighted ? serving.TargetOf(place).Weight : 0))
        {
            ranking.Add(place);
        }

        return ranking;
    }

    /// <summary>What a candidate that is kept was put in its place by; null where it is the place that it is written at.</summary>
    public string? KeyOf(int place) => !serving.IsRoute ? null : serving.Strategy switch
    {
        RouteStrategy.Weighted => $"weight {Number(serving.TargetOf(place).Weight)} of {Number(Targets.Sum(target => (long)target.Weight))}",
        RouteStrategy.LeastLatency when IsSticky => null,
        RouteStrategy.LeastLatency => facts.Routing.Latencies is { } latencies && place < latencies.Length ? string.Create(CultureInfo.InvariantCulture, $"expected to take {latencies[place]:0.#} ms") : null,
        RouteStrategy.LeastCost => CandidateOrder.CostOf(facts, serving.CandidateArray[place]) is { } cost
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round((decimal)cost.Nano / 1_000_000_000, 9):0.#########} {cost.Currency}")
            : "no price on that day",
        _ => null,
    };

    // A target's deployments are drawn together.
    private CompiledTarget[] Targets => [.. kept.Order().Select(serving.TargetOf).Distinct()];

    private bool IsSticky => facts.Routing.IsSticky && serving.Sticky is not null;

    private string Together => serving.Sticky is { Header.Length: > 0 } sticky ? $"the same {sticky.Header}" : "the same conversation";

    private string Text => serving.Strategy switch
    {
        RouteStrategy.Priority => "as written",
        RouteStrategy.LeastCost => $"the cheapest first, by the prices of {Day} for a prompt of {Number(facts.Shape.PromptTokens)} tokens and an answer of {Answer}",
        _ when isForeseen => $"{(serving.Strategy == RouteStrategy.Weighted ? "drawn for each request, the first as often as the weights say" : "the faster of two that are drawn, then the others by latency; no node was asked what it measures")}"
            + (serving.Sticky is null ? "" : $"; requests of {Together} draw alike"),
        _ when IsSticky => $"sticky: requests of {Together} draw alike{Drawn}",
        RouteStrategy.Weighted => $"drawn for this request{Drawn}",
        _ => $"the faster of two that are drawn, then the others by latency{Pair}",
    };

    private string Drawn => kept.Length > 1 ? $", and drew {NameOf(kept[0])}" : "";

    private string Late => !isForeseen && kept.Length > 1 && (facts.Routing.Resting | facts.Routing.Limited) != 0 ? "; what is at a limit or asked to be left alone comes last" : "";

    private string Day => DateOnly.FromDayNumber(facts.Routing.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Answer => facts.Shape.MaxOutputTokens > 0
        ? $"{Number(facts.Shape.MaxOutputTokens)}, the most that it asks for"
        : $"{Number(RequestShape.UsualOutputTokens)}, as it bounds none";

    private string Pair
    {
        get
        {
            if (kept.Length < 2)
            {
                return "";
            }

            var byLatency = kept.Order().OrderBy(place => CandidateOrder.LatencyOf(facts, place)).ToArray();
            var (one, other) = CandidateOrder.PairOf(facts.Routing.Draw, byLatency.Length);
            return $"; drawn were {NameOf(byLatency[Math.Min(one, other)])} and {NameOf(byLatency[Math.Max(one, other)])}";
        }
    }

    private string NameOf(int place) => $"{serving.CandidateArray[place].UpstreamModel} of {serving.CandidateArray[place].Provider.Name}";

    private static int[] Kept(RequestFacts facts)
    {
        var ranking = default(CandidateRanking);
        PolicyEvaluator.ChooseRoute(facts, ref ranking);
        return [.. Enumerable.Range(0, ranking.Count).Select(rank => ranking[rank])];
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
