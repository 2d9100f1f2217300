using Asc.Policy.Compilation;

namespace Asc.Policy.Evaluation;

/// <summary>What a request says of itself, and its key of it. The default says nothing.</summary>
/// <param name="Key">What the key says; null: nothing.</param>
/// <param name="Tags">The request's tags; null where it carries none itself.</param>
/// <param name="Workload">The class that it says it is of; null where it says none that the policy knows.</param>
/// <param name="UnknownWorkload">The class that it says, where the policy doesn't know it.</param>
/// <param name="DataClasses">The data classes that it says, bits of the policy's.</param>
/// <param name="UnknownDataClass">The first that it says and its tenant has no rule for.</param>
public readonly record struct RequestAttribution(
    CompiledKeyAttribution? Key = null,
    RequestTags? Tags = null,
    CompiledWorkload? Workload = null,
    string? UnknownWorkload = null,
    ulong DataClasses = 0,
    string? UnknownDataClass = null)
{
    /// <summary>From names, where no request's path lies between: to explain and to prove.</summary>
    public static RequestAttribution Of(
        CompiledPolicy policy, CompiledTenant tenant, KeyAttribution? key, IReadOnlyList<KeyValuePair<string, string>> tags, string? workload, IReadOnlyCollection<string> dataClasses)
    {
        var found = workload is null ? null : policy.FindWorkload(workload);
        return new(
            key?.Compile(policy, tenant),
            tags.Count == 0 ? null : tenant.Tags.Resolve(tags, key?.Tags ?? []),
            found,
            found is null ? workload : null,
            policy.DataClasses.MaskOf(dataClasses) & tenant.DataClasses.Known,
            dataClasses.FirstOrDefault(name => policy.FindDataClass(tenant, name) == 0));
    }

    /// <summary>The same as another tenant's rules see it.</summary>
    internal RequestAttribution Under(CompiledPolicy policy, CompiledTenant tenant) => this with
    {
        Key = Key?.Declared.Compile(policy, tenant),
        Tags = Tags is null ? null : tenant.Tags.Resolve(Tags.Given, Key?.Declared.Tags ?? []),
    };

    /// <summary>A request that is as <paramref name="tenant"/>'s rules for tags and workloads want it, as far as they can be met.</summary>
    public static RequestAttribution Exemplary(CompiledPolicy policy, CompiledTenant tenant)
    {
        KeyValuePair<string, string>[] missing =
        [
            .. tenant.Tags.Rules.Where(rule => rule.IsRequired && rule.Default is null).Select(rule => new KeyValuePair<string, string>(rule.Key, rule.Allowed is [var first, ..] ? first : "any")),
        ];
        var workload = tenant.Takes(tenant.DefaultWorkload)
            ? null
            : policy.Workloads.Where(tenant.Takes).OrderBy(workload => workload.Name, StringComparer.Ordinal).FirstOrDefault();
        return new(Tags: missing.Length == 0 ? null : tenant.Tags.Resolve(missing, []), Workload: workload);
    }
}
