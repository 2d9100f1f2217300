using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Resilience;

/// <summary>What was tried for one request and came to nothing, in order.</summary>
internal sealed class AttemptTrail
{
    private readonly List<AttemptTrace> traces = [];

    public int Count => traces.Count;

    /// <summary>The prompts of all calls that were sent and not answered.</summary>
    public long UnansweredInput { get; private set; }

    /// <summary>The same of one model's calls.</summary>
    public long UnansweredInputOf(CompiledName model)
    {
        var tokens = 0L;
        foreach (var trace in traces)
        {
            tokens += trace.Candidate.Model == model ? trace.UnansweredInput : 0;
        }

        return tokens;
    }

    /// <summary>Calls that are hedged end at the same time.</summary>
    public void Add(Attempt attempt, TimeProvider clock)
    {
        lock (traces)
        {
            var trace = AttemptTrace.Of(attempt, clock);
            traces.Add(trace);
            UnansweredInput += trace.UnansweredInput;
        }
    }

    /// <summary>All, and the one that served; null where that was the first.</summary>
    /// <param name="serving">Null where none did.</param>
    public AttemptTrace[]? With(AttemptTrace? serving) => (traces.Count, serving) switch
    {
        (0, _) => null,
        (_, { } served) => [.. traces, served],
        _ => [.. traces],
    };

    /// <summary>What the caller is told when nothing answered: how each target failed, and the code of the last one that was called, unless the client left.</summary>
    public GatewayError Error()
    {
        var last = traces.FindLast(trace => trace.WasCalled || trace.Error!.Code == ErrorCode.ClientClosedRequest) ?? traces[^1];
        // Whoever of them is to be asked again first is reason enough to come again.
        var error = last.Error!.Code.Describe().RetryMayHelp ? last.Error with { RetryAfter = traces.Min(trace => trace.Error!.RetryAfter) } : last.Error;
        var targets = traces.Select(trace => trace.Candidate).Distinct().ToArray();
        if (targets.Length == 1 || error.Code is ErrorCode.ProviderRejected or ErrorCode.ContextLengthExceeded or ErrorCode.AnswerTooLarge)
        {
            return error with { LastsUntilMended = error.LastsUntilMended || IsSpent(error) };
        }

        var failures = targets.Select(target => traces.FindLast(trace => trace.Candidate == target)!.Error!.Message).Distinct(StringComparer.Ordinal);
        return error with
        {
            Message = $"None of the {targets.Length} permitted targets {(traces.Exists(trace => trace.WasCalled) ? "answered" : "could be asked")}. {string.Join(' ', failures)}",
            LastsUntilMended = traces.TrueForAll(trace => trace.Error!.LastsUntilMended) || IsSpent(error),
        };
    }

    // A client that comes again at once would multiply calls that have been repeated already. Whoever said when to come again is taken at their word.
    private bool IsSpent(GatewayError error) =>
        error.Code is ErrorCode.ProviderError or ErrorCode.ProviderTimeout or ErrorCode.ProviderRateLimited && traces.TrueForAll(trace => trace.Error!.RetryAfter is null);

    public void Clear()
    {
        traces.Clear();
        UnansweredInput = 0;
    }
}

/// <summary>One call that a request led to, or one that could not be made.</summary>
/// <param name="Error">Null for the one that served.</param>
/// <param name="Code">The error's; "superseded" where another target of a hedge answered first.</param>
/// <param name="HasSent">Whether any of the request may have reached the provider.</param>
/// <param name="Status">0: none came.</param>
/// <param name="Started">After the request; null: no call was made.</param>
/// <param name="Duration">Until the answer, a stream's first token, or the failure.</param>
/// <param name="UnansweredInput">The prompt, estimated, where the provider may have charged it and nobody has the answer.</param>
internal sealed record AttemptTrace(
    CompiledCandidate Candidate, string? Credential, GatewayError? Error, string Code, bool HasSent, int Status, TimeSpan? Started, TimeSpan Duration, long UnansweredInput)
{
    public bool WasCalled => Started is not null;

    private static string CodeOf(Attempt attempt) => attempt switch
    {
        { Error: null } => "",
        { End: AttemptEnd.Abandoned, Exchange.ClientLeft: false } => "superseded",
        { Error: { } error } => error.Code.WireName(),
    };

    public static AttemptTrace Of(Attempt attempt, TimeProvider clock) => new(
        attempt.Candidate, attempt.Credential?.Name, attempt.Error, CodeOf(attempt), attempt.HasSent || attempt.Connection?.HasSent == true, attempt.Status,
        attempt.StartedTimestamp == 0 ? null : clock.GetElapsedTime(attempt.Exchange.StartedTimestamp, attempt.StartedTimestamp), attempt.Duration(clock),
        attempt.IsLost ? attempt.Exchange.PromptTokens : 0);
}
