using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Policies;
using Asc.Policy.Comparison;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;

namespace Asc.ControlPlane.Admin;

/// <summary>From the policy library's values to the wire.</summary>
internal static class WireMapping
{
    public static Problem ToWire(this PolicyProblem problem) => new()
    {
        Warning = problem.Severity == ProblemSeverity.Warning,
        Kind = problem.Kind,
        Name = problem.Name,
        Path = problem.Path,
        Code = problem.Code,
        Message = problem.Message,
        Fix = problem.Fix,
    };

    public static Change ToWire(this PolicyChange change) => new() { Kind = change.Kind, Name = change.Name, Op = change.Operation, Text = change.Text };

    public static Check ToWire(this CheckTrace check, PolicyContent content)
    {
        var wire = new Check { Name = check.Rule.WireName(), Outcome = check.Outcome, Origin = check.Origin, Question = check.Rule.Question(), Source = content.SourceOf(check.DeclaredIn) };
        foreach (var (name, value) in check.Inputs)
        {
            wire.Inputs[name] = value;
        }

        return wire;
    }

    public static Candidate ToWire(this CandidateTrace candidate) => new()
    {
        Model = candidate.Model,
        Deployment = candidate.UpstreamModel,
        Provider = candidate.Provider,
        Region = candidate.Region,
        Kept = candidate.ExcludedBy == PolicyRule.None,
        Reason = candidate.Reason ?? "",
        Rank = (uint)candidate.Rank,
        Rule = candidate.ExcludedBy.WireName(),
        OrderedBy = candidate.OrderedBy ?? "",
    };

    public static ExplainResponse ToWire(this DecisionTrace trace, ulong version, PolicyContent content) => new()
    {
        Verdict = trace.Decision.IsAllowed ? "allow" : "deny",
        Code = trace.Decision.Code.WireName(),
        Rule = trace.Decision.Rule.WireName(),
        Origin = trace.Decision.Origin?.Path ?? "",
        PolicyVersion = version,
        Message = trace.Message,
        Checks = { trace.Checks.Select(check => check.ToWire(content)) },
        Candidates = { trace.Candidates.Select(ToWire) },
        WouldPassIf = { trace.WouldPassIf },
        Order = trace.Order is { } order ? new() { Strategy = order.Strategy, Text = order.Text, Open = order.IsOpen } : null,
    };
}
