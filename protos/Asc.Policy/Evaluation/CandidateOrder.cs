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
        RouteStrategy.LeastLatency => facts.Routing.Latencies is { } latencies && place < latencies.Length ? latencies[place] : 0,
        _ => serving.CandidateArray[place].Model.Traits?.PriceOn(facts.Routing.Day) is { } price
            ? price.Estimate(facts.Shape.PromptTokens, facts.Shape.MaxOutputTokens > 0 ? facts.Shape.MaxOutputTokens : RequestShape.UsualOutputTokens)
            : double.MaxValue,
    };

    // A request may have been sticky under another policy, whose decision is derived again.
    private static bool IsSticky(in RequestFacts facts, CompiledName serving) => facts.Routing.IsSticky && serving.Sticky is not null;

    // All would ask the fastest at once, and it would be the slowest (Mitzenmacher 2001, the power of two choices).
    private static void PutFasterOfTwoFirst(ulong draw, ref CandidateRanking ranking)
    {
        var count = (ulong)ranking.Count;
        var one = StableHash.Mix(draw) % count;
        var other = (one + 1 + (StableHash.Mix(draw + 1) % (count - 1))) % count;
        ranking.PutFirst((int)Math.Min(one, other));
    }
}
