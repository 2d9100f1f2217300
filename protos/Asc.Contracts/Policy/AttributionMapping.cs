using System.Collections.Immutable;
using Asc.Contracts.Policy.V1;
using Asc.Policy.Documents;
using Google.Protobuf.WellKnownTypes;

namespace Asc.Contracts.Policy;

/// <summary>Tags, workloads and data classes, from the wire to the document.</summary>
internal static class AttributionMapping
{
    private const long SecondsMaximum = 1_000_000_000;

    public static WorkloadDocument Workload(string name, WorkloadSpec spec) => new(
        name,
        DocumentMapping.List(spec.Models?.Allow),
        [.. spec.Models?.Deny ?? []],
        spec.Routes.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Timeouts(spec.Timeouts))
    {
        Limits = spec.Limits.ToDocument(),
        Priority = spec.Priority switch
        {
            Priority.Low => WorkloadPriority.Low,
            Priority.High => WorkloadPriority.High,
            _ => WorkloadPriority.Normal,
        },
    };

    public static TagsDocument Tags(TagRules rules) => new(
        [.. rules.Require],
        rules.Allow.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value.Values.ToImmutableArray(), StringComparer.Ordinal),
        rules.Default.ToImmutableSortedDictionary(StringComparer.Ordinal));

    public static DataClassesDocument DataClasses(DataClassRules rules) => new(
        [.. rules.Floor],
        rules.Rules.ToImmutableSortedDictionary(
            rule => rule.Key, rule => new DataClassRule([.. rule.Value.RequireAttestations], rule.Value.ForbidCaching, rule.Value.ForbidContentCapture), StringComparer.Ordinal));

    public static TimeoutsDocument Timeouts(Timeouts? timeouts) => timeouts is null
        ? TimeoutsDocument.None
        : new(Span(timeouts.Connect), Span(timeouts.FirstToken), Span(timeouts.Idle), Span(timeouts.Total));

    // Whatever stands there becomes a span, for validation to refuse.
    public static TimeSpan? Span(Duration? duration) => duration is null
        ? null
        : TimeSpan.FromSeconds(Math.Clamp(duration.Seconds, -SecondsMaximum, SecondsMaximum)) + TimeSpan.FromTicks(duration.Nanos / TimeSpan.NanosecondsPerTick);
}
