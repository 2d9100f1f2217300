using Asc.Policy.Compilation;

namespace Asc.Policy.Decisions;

/// <summary>
/// The outcome of judging one request by one policy version. A value that always exists: nothing is decided by exception or null.
/// The readable trace is derived again from the same inputs by <see cref="Evaluation.PolicyExplainer"/>.
/// </summary>
/// <param name="Code"><see cref="ErrorCode.None"/> where allowed.</param>
/// <param name="Rule">The rule that said no; <see cref="PolicyRule.None"/> where allowed.</param>
/// <param name="Origin">The tenant whose rule it is; null where allowed, or where no tenant's rule decided.</param>
/// <param name="Candidate">What was chosen to serve the request; null until a route is chosen.</param>
public readonly record struct Decision(ErrorCode Code, PolicyRule Rule, CompiledTenant? Origin, CompiledCandidate? Candidate)
{
    /// <summary>Admitted; no candidate chosen yet.</summary>
    public static Decision Admitted => default;

    /// <summary>Whether policy says yes.</summary>
    public bool IsAllowed => Code == ErrorCode.None;

    internal static Decision Deny(ErrorCode code, PolicyRule rule, CompiledTenant? origin = null) => new(code, rule, origin, null);

    internal static Decision Choose(CompiledCandidate candidate) => new(ErrorCode.None, PolicyRule.None, null, candidate);
}
