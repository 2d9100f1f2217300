using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>A decision that explains itself: each check, each candidate, and what would have to change.</summary>
public sealed record DecisionTrace(
    Decision Decision,
    string Message,
    IReadOnlyList<CheckTrace> Checks,
    IReadOnlyList<CandidateTrace> Candidates,
    IReadOnlyList<string> WouldPassIf)
{
    /// <summary>How the route ordered the candidates; null where none does.</summary>
    public OrderTrace? Order { get; init; }
}

/// <summary>How a route orders what it keeps.</summary>
/// <param name="Strategy">As it is written.</param>
/// <param name="Text">What the order comes of, readable.</param>
/// <param name="IsOpen">Whether it can't be known beforehand who is asked first.</param>
public sealed record OrderTrace(string Strategy, string Text, bool IsOpen);

/// <summary>One rule's say.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Outcome">pass | fail | skip (not reached) | observed (it would have denied the request, and is recorded only).</param>
/// <param name="Inputs">What it judged by, readable.</param>
/// <param name="Origin">The tenant whose rule it is; empty where no tenant's.</param>
/// <param name="DeclaredIn">Where the rule is written; null where no resource says it.</param>
public sealed record CheckTrace(
    PolicyRule Rule, string Outcome, IReadOnlyList<KeyValuePair<string, string>> Inputs, string Origin, RuleDeclaration? DeclaredIn = null);

/// <summary>One candidate, and why it was dropped, or is asked after others.</summary>
/// <param name="ExcludedBy"><see cref="PolicyRule.None"/> where kept.</param>
/// <param name="Reason">Readable; null where kept and in its place.</param>
/// <param name="Rank">When it is asked: 1 first; 0 where it is dropped.</param>
public sealed record CandidateTrace(
    string Model, string UpstreamModel, string Provider, string Region, PolicyRule ExcludedBy, string? Reason, int Rank)
{
    /// <summary>What the route's strategy ordered it by, readable; null where by nothing of its own.</summary>
    public string? OrderedBy { get; init; }
}
