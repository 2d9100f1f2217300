using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

/// <summary><c>policyVersion</c> is null for the draft.</summary>
internal sealed record TenantShape(
    string Path, ulong? PolicyVersion, SortedDictionary<string, string> Labels, bool Suspended, string? SuspendedBy, uint Keys,
    IReadOnlyList<RuleShape> Rules, IReadOnlyList<NameShape> Names, IReadOnlyList<RuleShape> Effective)
{
    public static TenantShape Of(DescribeTenantResponse response) => new(
        response.Path, response.Version == 0 ? null : response.Version, new SortedDictionary<string, string>(response.Labels, StringComparer.Ordinal),
        response.Suspended, response.SuspendedBy.Length > 0 ? response.SuspendedBy : null, response.Keys,
        [.. response.Rules.Select(RuleShape.Of)],
        [.. response.Names.Select(name => new NameShape(name.Name, name.Kind, [.. name.Candidates.Select(CandidateShape.Of)]))],
        [.. response.Effective.Select(RuleShape.Of)]);
}

internal sealed record RuleShape(string Rule, IReadOnlyList<string> Values, string Origin, bool Observed, SourceShape? Source)
{
    public static RuleShape Of(EffectiveRule rule) => new(rule.Rule, [.. rule.Values], rule.Origin, rule.Observed, SourceShape.Of(rule.Source));
}

internal sealed record NameShape(string Name, string Kind, IReadOnlyList<CandidateShape> Candidates);
