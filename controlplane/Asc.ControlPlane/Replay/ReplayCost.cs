using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Explanation;
using Asc.Policy.Compilation;

namespace Asc.ControlPlane.Replay;

/// <summary>What a request's recorded usage costs under both policies, by the models that they choose and the prices of its day.</summary>
/// <param name="Before">Null where it had no usage, or no price.</param>
/// <param name="After">Null where it would be denied, or has no price.</param>
/// <param name="IsUnpriced">Whether a price is lacking, so that nothing can be said of a difference.</param>
internal readonly record struct ReplayCost(NanoAmount? Before, NanoAmount? After, bool IsUnpriced)
{
    public static ReplayCost Of(ExecutionRecord record, CompiledCandidate? before, CompiledCandidate? after, ReplayKind kind)
    {
        if (kind is not (ReplayKind.Unchanged or ReplayKind.Rerouted or ReplayKind.NewlyDenied) || record.Usage is not { } usage || !HasTokens(usage))
        {
            return default;
        }

        var cost = CostOf(usage, before, record);
        var costAfter = kind == ReplayKind.NewlyDenied ? null : CostOf(usage, after, record);
        return cost is null || (costAfter is null && kind != ReplayKind.NewlyDenied) ? new(null, null, true) : new(cost, costAfter, false);
    }

    private static bool HasTokens(Usage usage) => (usage.Input | usage.CachedRead | usage.CacheWrite | usage.Output) != 0;

    // What is written to a provider's cache is of the prompt: policy has no price of its own for it.
    private static NanoAmount? CostOf(Usage usage, CompiledCandidate? candidate, ExecutionRecord record) =>
        candidate?.Model.Traits?.PriceOn(RecordFacts.DayOf(record)) is { } price
            ? new(price.CostOf((UInt128)usage.Input + usage.CacheWrite, usage.CachedRead, usage.Output), price.Currency)
            : null;
}
