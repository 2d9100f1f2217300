using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Tag = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.Policy.Evaluation;

/// <summary>A request, changed so that a target's condition takes it.</summary>
/// <param name="Facts">The changed request.</param>
/// <param name="Workload">The class that it is of instead; null: as it is.</param>
/// <param name="DataClass">The class that its data is of as well; null: as it is.</param>
/// <param name="Tags">The tags that it carries instead.</param>
internal sealed record Fulfilling(RequestFacts Facts, string? Workload, string? DataClass, ImmutableArray<Tag> Tags)
{
    /// <summary>Every way that there is, whether or not policy permits it; empty where a tag is not the request's to choose, or its kind is another.</summary>
    public static IEnumerable<Fulfilling> Of(CompiledPolicy policy, RequestFacts facts, CompiledTarget target)
    {
        if (target.When is not { } when || IsOfAnotherKind(facts.Shape, when) || TagsFor(facts, when) is not { } tags)
        {
            return [];
        }

        string?[] workloads = when.Workloads.IsEmpty || when.Workloads.Contains(facts.Workload.Name) ? [null] : [.. when.Workloads];
        string?[] classes = when.DataClasses.IsEmpty || when.DataClasses.Any(name => (policy.DataClasses.BitOf(name) & facts.DataClasses) != 0) ? [null] : [.. when.DataClasses];
        return workloads.SelectMany(workload => classes.Select(dataClass => new Fulfilling(Changed(policy, facts, when, workload, dataClass, tags), workload, dataClass, tags)));
    }

    /// <summary>What of the condition the request lacks, as far as <paramref name="passing"/> can fulfil it.</summary>
    public static TargetConditionDocument Lacking(RequestFacts facts, TargetConditionDocument when, Fulfilling[] passing)
    {
        var (first, prompt) = (passing[0], facts.Shape.PromptTokens);
        var isTooLong = prompt > when.AtMost;
        return when with
        {
            Workloads = first.Workload is null ? [] : [.. when.Workloads.Where(name => Array.Exists(passing, way => way.Workload == name && way.DataClass == first.DataClass))],
            DataClasses = first.DataClass is null ? [] : [.. when.DataClasses.Where(name => Array.Exists(passing, way => way.DataClass == name && way.Workload == first.Workload))],
            Tags = first.Tags.ToImmutableSortedDictionary(tag => tag.Key, tag => ImmutableArray.Create(tag.Value), StringComparer.Ordinal),
            AtLeast = isTooLong || prompt < when.AtLeast ? when.AtLeast : 0,
            AtMost = isTooLong || prompt < when.AtLeast ? when.AtMost : null,
            Uses = when.Uses & ~facts.Shape.Needs,
        };
    }

    // Of another kind it would be another request, and none is of two.
    private static bool IsOfAnotherKind(in RequestShape shape, TargetConditionDocument when) =>
        (shape.Needs & Capabilities.Kinds) is var kind and not Capabilities.None && (when.Uses & Capabilities.Kinds & ~kind) != Capabilities.None;

    private static ImmutableArray<Tag>? TagsFor(RequestFacts facts, TargetConditionDocument when)
    {
        var chosen = ImmutableArray.CreateBuilder<Tag>();
        foreach (var (key, values) in when.Tags.Where(tag => facts.Tags.Find(tag.Key) is not { } value || !tag.Value.Contains(value)))
        {
            var rule = facts.Tenant.Tags.Rules.FirstOrDefault(rule => rule.Key == key);
            if (facts.Attribution.Key?.Declared.Tags.Any(tag => tag.Key == key) == true || values.FirstOrDefault(value => rule is null || rule.Allows(value)) is not { } value)
            {
                return null;
            }

            chosen.Add(new(key, value));
        }

        return chosen.ToImmutable();
    }

    private static RequestFacts Changed(CompiledPolicy policy, RequestFacts facts, TargetConditionDocument when, string? workload, string? dataClass, ImmutableArray<Tag> tags)
    {
        var (attribution, shape) = (facts.Attribution, facts.Shape);
        if (workload is not null)
        {
            var found = policy.FindWorkload(workload);
            attribution = attribution with { Workload = found, UnknownWorkload = found is null ? workload : null };
        }

        if (dataClass is not null)
        {
            attribution = attribution with { DataClasses = attribution.DataClasses | policy.FindDataClass(facts.Tenant, dataClass) };
        }

        if (!tags.IsEmpty)
        {
            Tag[] given = [.. facts.Tags.Given.Where(tag => tags.All(chosen => chosen.Key != tag.Key)), .. tags];
            attribution = attribution with { Tags = facts.Tenant.Tags.Resolve(given, attribution.Key?.Declared.Tags ?? []) };
        }

        return facts with
        {
            Attribution = attribution,
            Shape = shape with { Uses = shape.Uses | (when.Uses & ~shape.Needs), PromptTokens = Math.Clamp(shape.PromptTokens, when.AtLeast, Math.Max(when.AtLeast, when.AtMost ?? long.MaxValue)) },
        };
    }
}
