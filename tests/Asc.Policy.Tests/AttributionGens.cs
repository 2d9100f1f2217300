using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

/// <summary>What a request and its key say, in names.</summary>
internal sealed record Said(KeyAttribution? Key, ImmutableArray<KeyValuePair<string, string>> Tags, string? Workload, ImmutableArray<string> DataClasses)
{
    public static Said Nothing { get; } = new(null, [], null, []);

    public RequestAttribution In(CompiledPolicy policy, string path) => RequestAttribution.Of(policy, policy.FindTenant(path)!, Key, Tags, Workload, DataClasses);
}

/// <summary>Rules for tags, workloads and data classes, and requests that meet them often.</summary>
internal static class AttributionGens
{
    public static readonly string[] Attestations = ["baa", "zdr"];
    private static readonly string[] Keys = ["bu", "env"];
    private static readonly string[] Values = ["x", "y", "z"];
    private static readonly string[] Workloads = ["interactive", "batch", "agent", "night"];
    private static readonly string[] Classes = ["phi", "pii"];

    private static readonly Gen<TagsDocument?> Tags = Maybe(Gen.Select(Some(Keys), Map(Keys, Some([.. Values, .. Values, .. Values], 4)), Map(Keys, Gen.OneOf(Values)))
        .Select((require, allow, defaults) => new TagsDocument(require, allow, defaults)));

    private static readonly Gen<WorkloadsDocument?> WorkloadRules = Maybe(Gen.Select(Gen.Bool, Some([.. Workloads, .. Workloads], 4), Gen.OneOf<string?>([null, .. Workloads]))
        .Select((all, allow, named) => new WorkloadsDocument(all ? null : allow, named)));

    private static readonly Gen<DataClassesDocument?> DataClasses = Maybe(Gen.Select(Some(Classes), Map(Classes, Some(Attestations)))
        .Select((floor, rules) => new DataClassesDocument(floor, rules.ToImmutableSortedDictionary(rule => rule.Key, rule => new DataClassRule(rule.Value), StringComparer.Ordinal))));

    public static Gen<(TagsDocument? Tags, WorkloadsDocument? Workloads, DataClassesDocument? DataClasses)> Rules { get; } = Gen.Select(Tags, WorkloadRules, DataClasses);

    /// <param name="patterns">Of models.</param>
    /// <param name="names">Of models and routes.</param>
    public static Gen<ImmutableArray<WorkloadDocument>> Declared(string[] patterns, string[] names) => Gen.Select(Workload("night", patterns, names), Workload("batch", patterns, names), Gen.Bool)
        .Select((night, batch, both) => both ? [night, batch] : ImmutableArray.Create(night));

    public static Gen<Said> Said { get; } = Gen.Select(
        Maybe(Gen.Select(Map(Keys, Gen.OneOf(Values)), Some(Workloads), Some(Classes)).Select((tags, workloads, classes) => new KeyAttribution([.. tags], workloads, classes))),
        Map(Keys, Gen.OneOf(Values)), Gen.OneOf<string?>([null, .. Workloads, .. Workloads, "no-such"]), Gen.OneOf(Gen.Const(ImmutableArray<string>.Empty), Some(Classes), Some([.. Classes, "no-such"])))
        .Select((key, tags, workload, classes) => new Said(key, [.. tags], workload, classes));

    public static Gen<ImmutableArray<string>> Some(string[] values, int least = 0) => Gen.OneOf(values).Array[least, values.Length].Select(chosen => chosen.Distinct().ToImmutableArray());

    private static Gen<WorkloadDocument> Workload(string name, string[] patterns, string[] names) => Gen.Select(
        Gen.Int[0, 2], Some(patterns), Gen.OneOf(names).Array[0, 1], Map(names, Gen.OneOf(names)))
        .Select((all, allow, deny, routes) => new WorkloadDocument(name, all > 0 ? null : allow, [.. deny], routes));

    private static Gen<ImmutableSortedDictionary<string, T>> Map<T>(string[] keys, Gen<T> values) => Gen.Select(Gen.Bool.Array[keys.Length], values.Array[keys.Length])
        .Select((present, chosen) => keys.Select((key, i) => (key, i)).Where(pair => present[pair.i]).ToImmutableSortedDictionary(pair => pair.key, pair => chosen[pair.i], StringComparer.Ordinal));

    // Rather not: of rules everywhere, all of them narrowing, little would be allowed and so little be seen.
    private static Gen<T?> Maybe<T>(Gen<T> some)
        where T : class => Gen.Select(Gen.Int[0, 2], some).Select((present, value) => present == 0 ? value : null);
}
