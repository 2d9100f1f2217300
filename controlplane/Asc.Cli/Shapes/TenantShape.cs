using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

/// <summary><c>policyVersion</c> is null for the draft.</summary>
internal sealed record TenantShape(
    string Path, ulong? PolicyVersion, SortedDictionary<string, string> Labels, bool Suspended, string? SuspendedBy, uint Keys,
    IReadOnlyList<RuleShape> Rules, IReadOnlyList<NameShape> Names)
{
    public static TenantShape Of(DescribeTenantResponse response) => new(
        response.Path, response.Version == 0 ? null : response.Version, new SortedDictionary<string, string>(response.Labels, StringComparer.Ordinal),
        response.Suspended, response.SuspendedBy.Length > 0 ? response.SuspendedBy : null, response.Keys,
        [.. response.Rules.Select(rule => new RuleShape(rule.Rule, [.. rule.Values], rule.Origin, rule.Observed, SourceShape.Of(rule.Source)))],
        [.. response.Names.Select(name => new NameShape(name.Name, name.Kind, [.. name.Candidates.Select(CandidateShape.Of)]))]);
}

internal sealed record RuleShape(string Rule, IReadOnlyList<string> Values, string Origin, bool Observed, SourceShape? Source);

internal sealed record NameShape(string Name, string Kind, IReadOnlyList<CandidateShape> Candidates);
