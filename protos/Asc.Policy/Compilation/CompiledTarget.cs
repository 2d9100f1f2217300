using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Compilation;

/// <summary>One model of a route; of a model asked for by name, itself.</summary>
/// <param name="model">Who it is.</param>
/// <param name="document">As declared.</param>
/// <param name="attribution">Names as bits.</param>
/// <param name="earlier">The route's targets before it that are the same model.</param>
internal sealed class CompiledTarget(CompiledName model, RouteTargetDocument document, AttributionCompiler attribution, CompiledTarget[] earlier)
{
    private readonly ulong workloads = attribution.Workloads.MaskOf(document.When?.Workloads ?? []);
    private readonly ulong dataClasses = attribution.DataClasses.MaskOf(document.When?.DataClasses ?? []);
    private readonly KeyValuePair<string, string[]>[] tags = [.. document.When?.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value.ToArray())) ?? []];

    public CompiledName Model { get; } = model;

    public int Weight { get; } = document.Weight;

    public TargetConditionDocument? When { get; } = document.When;

    public ulong Hash { get; } = StableHash.Of(model.Name);

    /// <summary>Whether it takes the request: a model that stands several times stands for it where it first fulfils the condition.</summary>
    public bool Takes(in RequestFacts facts) => IsFulfilledBy(facts) && !IsTakenBefore(facts);

    private bool IsTakenBefore(in RequestFacts facts)
    {
        foreach (var target in earlier)
        {
            if (target.IsFulfilledBy(facts))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the request fulfils its condition.</summary>
    public bool IsFulfilledBy(in RequestFacts facts)
    {
        if (When is null)
        {
            return true;
        }

        return (When.Workloads.IsEmpty || (workloads & facts.Workload.Bit) != 0)
            && (When.DataClasses.IsEmpty || (dataClasses & facts.DataClasses) != 0)
            && facts.Shape.PromptTokens >= When.AtLeast && facts.Shape.PromptTokens <= (When.AtMost ?? long.MaxValue)
            && (facts.Shape.Needs & When.Uses) == When.Uses
            && HasTags(facts.Tags);
    }

    private bool HasTags(RequestTags given)
    {
        foreach (var (key, values) in tags)
        {
            if (given.Find(key) is not { } value || !values.AsSpan().Contains(value))
            {
                return false;
            }
        }

        return true;
    }
}
