using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>Makes what a tenant says of tags, workloads and data classes the meet with what its parent says.</summary>
internal sealed class AttributionCompiler(PolicyDocument document)
{
    private readonly CompiledDataClasses noClasses = new(0, 0, 0, 0, new ulong[BitNames.Maximum]);

    public BitNames Attestations { get; } = new("attestations", AttestationsOf(document));

    public BitNames DataClasses { get; } = new("data classes", DataClassesOf(document));

    public BitNames Workloads { get; } = new("workloads", WorkloadsOf(document));

    /// <summary>Every attestation that <paramref name="document"/> gives or demands.</summary>
    public static IEnumerable<string> AttestationsOf(PolicyDocument document) =>
        GivenAttestations(document).Concat(document.Tenants.SelectMany(tenant => tenant.DataClasses?.Rules.Values ?? []).SelectMany(rule => rule.RequireAttestations)).Distinct(StringComparer.Ordinal);

    public static IEnumerable<string> GivenAttestations(PolicyDocument document) =>
        document.Providers.SelectMany(provider => provider.Attestations)
            .Concat(document.Models.SelectMany(model => model.Deployments).SelectMany(deployment => deployment.Attestations ?? []))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Every data class that <paramref name="document"/> has rules for or sets as a floor.</summary>
    public static IEnumerable<string> DataClassesOf(PolicyDocument document) =>
        document.Tenants.SelectMany(tenant => tenant.DataClasses is { } classes ? classes.Rules.Keys.Concat(classes.Floor) : []).Distinct(StringComparer.Ordinal);

    /// <summary>The built-in workloads and those that <paramref name="document"/> declares.</summary>
    public static IEnumerable<string> WorkloadsOf(PolicyDocument document) =>
        WorkloadDocument.BuiltIn.Concat(document.Workloads.Select(workload => workload.Name)).Distinct(StringComparer.Ordinal);

    public static CompiledTags Tags(TagsDocument? own, CompiledTags? parent)
    {
        if (own is null)
        {
            return parent ?? CompiledTags.None;
        }

        var inherited = parent?.Rules ?? [];
        return new([
            .. inherited.Select(rule => rule.Key).Concat(own.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(key => Tag(key, own, parent?.Find(key))),
        ]);
    }

    public ulong AllowedWorkloads(WorkloadsDocument? own, CompiledTenant? parent) =>
        (own?.Allow is { } allow ? Workloads.MaskOf(allow) : ulong.MaxValue) & (parent?.AllowedWorkloads ?? ulong.MaxValue);

    public CompiledDataClasses Classes(DataClassesDocument? own, CompiledDataClasses? parent) => own is null
        ? parent ?? noClasses
        : (parent ?? noClasses).With(
            DataClasses.MaskOf(own.Floor),
            own.Rules.Select(rule => (DataClasses.BitOf(rule.Key), Attestations.MaskOf(rule.Value.RequireAttestations), rule.Value.ForbidCaching, rule.Value.ForbidContentCapture)));

    private static CompiledTag Tag(string key, TagsDocument own, CompiledTag? inherited)
    {
        IReadOnlyList<string>? allowed = (own.Allow.TryGetValue(key, out var values), inherited?.Allowed) switch
        {
            (true, null) => values,
            (true, { } above) => [.. values.Where(above.Contains)],
            (false, var above) => above,
        };
        return new(key, own.Require.Contains(key) || inherited is { IsRequired: true }, allowed, own.Default.GetValueOrDefault(key) ?? inherited?.Default);
    }
}
