using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal sealed record ExplainShape(
    string Verdict, string? Code, string? Rule, string? Origin, ulong? PolicyVersion, string Message, IReadOnlyList<CheckShape> Checks,
    IReadOnlyList<CandidateShape> Candidates, IReadOnlyList<string> WouldPassIf, ExecutionShape? Execution, OrderShape? Order)
{
    public static ExplainShape Of(ExplainResponse response) => new(
        response.Verdict, Some(response.Code), Some(response.Rule), Some(response.Origin), response.PolicyVersion == 0 ? null : response.PolicyVersion, response.Message,
        [.. response.Checks.Select(check => new CheckShape(check.Name, check.Outcome, new SortedDictionary<string, string>(check.Inputs, StringComparer.Ordinal), Some(check.Origin), Some(check.Question), SourceShape.Of(check.Source)))],
        [.. response.Candidates.Select(CandidateShape.Of)],
        [.. response.WouldPassIf],
        response.Execution is { } execution ? ExecutionShape.Of(execution) : null,
        response.Order is { } order ? new(order.Strategy, order.Text, order.Open) : null);

    private static string? Some(string text) => text.Length > 0 ? text : null;
}

internal sealed record CheckShape(string Name, string Outcome, SortedDictionary<string, string> Inputs, string? Origin, string? Question, SourceShape? Source);

/// <summary>How a route orders what it keeps; <c>open</c>: who is asked first can't be known beforehand.</summary>
internal sealed record OrderShape(string Strategy, string Text, bool Open);

/// <summary>Where a rule is written.</summary>
internal sealed record SourceShape(string File, uint Line)
{
    public static SourceShape? Of(Source? source) => source is null ? null : new(source.File, source.Line);

    public override string ToString() => $"{File}:{Line}";
}

internal sealed record CandidateShape(string Model, string Deployment, string Provider, string Region, bool Kept, string? Reason, uint? Rank, string? Rule, string? OrderedBy)
{
    public static CandidateShape Of(Candidate candidate) => new(
        candidate.Model, candidate.Deployment, candidate.Provider, candidate.Region, candidate.Kept, candidate.Reason.Length > 0 ? candidate.Reason : null, candidate.Rank > 0 ? candidate.Rank : null,
        candidate.Rule.Length > 0 ? candidate.Rule : null, candidate.OrderedBy.Length > 0 ? candidate.OrderedBy : null);
}
