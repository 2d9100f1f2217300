using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>Puts the candidates that may serve a request in the order of the route's strategy. Allocates nothing.</summary>
internal static class CandidateOrder
{
    public static void Apply(in RequestFacts facts, CompiledName serving, ref CandidateRanking ranking)
    {
        if (serving.Strategy == RouteStrategy.Priority || ranking.Count < 2)
        {
            return;
        }

        Span<double> keys = stackalloc double[CandidateRanking.MaximumCandidates];
        for (var rank = 0; rank < ranking.Count; rank++)
        {
            keys[ranking[rank]] = Key(facts, serving, ranking[rank]);
        }

        ranking.SortBy(keys);
        if (serving.Strategy == RouteStrategy.LeastLatency && !IsSticky(facts, serving))
        {
            PutFasterOfTwoFirst(facts.Routing.Draw, ref ranking);
        }
    }

    // The smallest is asked first.
    private static double Key(in RequestFacts facts, CompiledName serving, int place) => serving.Strategy switch
    {
        // Weighted sampling without replacement (Efraimidis, Spirakis 2006); with the same draw, the order stays but for what falls out of it.
        RouteStrategy.Weighted => -Math.Log(StableHash.Unit(facts.Routing.Draw, serving.TargetOf(place).Hash)) / serving.TargetOf(place).Weight,
        RouteStrategy.LeastLatency when IsSticky(facts, serving) => StableHash.Unit(facts.Routing.Draw, serving.CandidateArray[place].Hash),
        RouteStrategy.LeastLatency => LatencyOf(facts, place),
        _ => CostOf(facts, serving.CandidateArray[place]) is { } cost ? cost.Nano : double.MaxValue,
    };

    /// <summary>How long the node expects it to take; 0: it doesn't say.</summary>
    public static float LatencyOf(in RequestFacts facts, int place) => facts.Routing.Latencies is { } latencies && place < latencies.Length ? latencies[place] : 0;

    /// <summary>What the request would cost there, in nano-units; null: no price has begun.</summary>
    public static (double Nano, string Currency)? CostOf(in RequestFacts facts, CompiledCandidate candidate) => candidate.Model.Traits?.PriceOn(facts.Routing.Day) is { } price
        ? (price.Estimate(facts.Shape.PromptTokens, facts.Shape.MaxOutputTokens > 0 ? facts.Shape.MaxOutputTokens : RequestShape.UsualOutputTokens), price.Currency)
        : null;

    // A request may have been sticky under another policy, whose decision is derived again.
    private static bool IsSticky(in RequestFacts facts, CompiledName serving) => facts.Routing.IsSticky && serving.Sticky is not null;

    // All would ask the fastest at once, and it would be the slowest (Mitzenmacher 2001, the power of two choices).
    private static void PutFasterOfTwoFirst(ulong draw, ref CandidateRanking ranking)
    {
        var (one, other) = PairOf(draw, ranking.Count);
        ranking.PutFirst(Math.Min(one, other));
    }

    /// <summary>The ranks of the two that are drawn of at least two.</summary>
    public static (int One, int Other) PairOf(ulong draw, int ranked)
    {
        var count = (ulong)ranked;
        var one = StableHash.Mix(draw) % count;
        return ((int)one, (int)((one + 1 + (StableHash.Mix(draw + 1) % (count - 1))) % count));
    }
}
