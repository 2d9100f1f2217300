using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.Policy.Evaluation;

/// <summary>What the counters say of a request that a limit has no room for: a value, so that the decision can be derived again.</summary>
/// <param name="Kind">What was counted.</param>
/// <param name="Value">The limit.</param>
/// <param name="Origin">Path of the tenant that declares it; empty: the key or the model.</param>
/// <param name="Counted">Whose requests it counts: a tenant's path, a key's id, a model's name.</param>
/// <param name="RetryAfterMilliseconds">When there is room again, if nobody else takes it.</param>
public sealed record LimitRefusal(LimitKind Kind, long Value, string Origin, string Counted, double RetryAfterMilliseconds)
{
    /// <summary>Whose requests it counts together; null: recorded by a node that didn't say.</summary>
    public LimitScope? Scope { get; init; }

    /// <inheritdoc cref="CompiledLimit.Part"/>
    public string Part { get; init; } = "";

    /// <summary>How much of the limit the node could use of it, as many nodes share it; null: not said.</summary>
    public long? NodeShare { get; init; }

    /// <summary>How many tokens the request may use; null: not said, or another kind.</summary>
    public long? Asked { get; init; }

    /// <summary>For how many there was room on the node; null likewise.</summary>
    public long? Left { get; init; }

    /// <summary>The rule that says no.</summary>
    public PolicyRule Rule => RuleOf(Kind);

    /// <summary>How a limit of this kind is named.</summary>
    public static PolicyRule RuleOf(LimitKind kind) => kind switch
    {
        LimitKind.Requests => PolicyRule.RequestsPerMinute,
        LimitKind.Tokens => PolicyRule.TokensPerMinute,
        _ => PolicyRule.ConcurrentRequests,
    };

    internal ErrorCode Code => Kind == LimitKind.Concurrent ? ErrorCode.ConcurrencyLimited : ErrorCode.RateLimited;
}
