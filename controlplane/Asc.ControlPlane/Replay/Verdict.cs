using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Decisions;

namespace Asc.ControlPlane.Replay;

/// <summary>What a policy says of a request, comparable from one policy to another.</summary>
/// <param name="Code">Empty where permitted.</param>
/// <param name="Rule">The rule that denies it.</param>
/// <param name="Origin">The tenant whose rule it is.</param>
/// <param name="First">Whom it goes to; null where denied, or where that can't be told.</param>
internal readonly record struct Verdict(string Code, string Rule, string Origin, Deployment? First)
{
    /// <summary>A key whose tenant the policy doesn't have is no key to a node.</summary>
    public static Verdict NoTenant(string tenant) => new(ErrorCode.InvalidApiKey.WireName(), "tenant.defined", tenant, null);

    public bool IsAllowed => Code.Length == 0;

    /// <summary>Whether counters said so, which another policy would have filled otherwise.</summary>
    public bool IsOfCounters => Code == ErrorCode.RateLimited.WireName() || Code == ErrorCode.ConcurrencyLimited.WireName();

    public static Verdict Of(in Decision decision) => new(
        decision.Code.WireName(), decision.Rule.WireName(), decision.Origin?.Path ?? "", decision.Candidate is { } candidate ? Deployment.Of(candidate) : null);

    /// <summary>What the record itself says, where the version that judged it is not held; null where none judged it.</summary>
    public static Verdict? ToldBy(ExecutionRecord record) =>
        record.Provider.Length > 0 ? new("", "", "", Deployment.FirstOf(record))
        : record is { Outcome: Outcome.Denied, Rule.Length: > 0 } ? new(record.Code, record.Rule, "", null)
        : null;
}
