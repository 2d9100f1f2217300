using Asc.DataPlane.Providers;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Secrets;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Resilience;

/// <summary>One target's turn to serve a request: what it was called with, what it said, how that ended. Used again from turn to turn.</summary>
internal sealed class Attempt
{
    private static readonly TimeSpan LongestWaitWithOthers = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public GatewayExchange Exchange { get; private set; } = null!;

    public CompiledCandidate Candidate { get; private set; } = null!;

    public DeploymentHealth Health { get; private set; } = null!;

    /// <summary>How the provider of the call is spoken to.</summary>
    public ProviderDialect Dialect { get; set; } = null!;

    public ProviderCredential? Credential { get; set; }

    /// <summary>What this call was made without.</summary>
    public RequestFeatures Lost => (WithoutReasoning ? RequestFeatures.CarriedReasoning : RequestFeatures.None) | (Translation?.Lost ?? Candidate.Loses(Exchange.Request.Shape));

    /// <summary>Whether the target is asked without what was thought in earlier turns, as it couldn't read that.</summary>
    public bool WithoutReasoning { get; set; }

    public UpstreamHeaders Headers { get; } = new();

    /// <summary>The call in progress.</summary>
    public UpstreamConnection? Connection { get; set; }

    /// <summary>The events of a stream, from the first one on.</summary>
    public SseReader? Events { get; set; }

    /// <summary>An answer that came whole.</summary>
    public PooledBody Answer { get; } = new();

    /// <summary>Where the provider speaks another protocol than the client; null: what it says is passed on as it comes.</summary>
    public TranslatedCall? Translation { get; set; }

    /// <summary>The whole answer as the client is given it.</summary>
    public PooledBody ClientAnswer => Translation?.Answer ?? Answer;

    /// <summary>The usage that a whole answer reports.</summary>
    public TokenUsage? Reported { get; set; }

    /// <summary>How long it may take: as the workload says, else the provider.</summary>
    public CompiledTimeouts Timeouts { get; private set; } = CompiledTimeouts.Default;

    public AttemptEnd End { get; private set; }

    /// <summary>Null where it answered.</summary>
    public GatewayError? Error { get; private set; }

    /// <summary>How long the provider wants to be left alone, where it says so.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>The HTTP status; 0 where none came.</summary>
    public int Status { get; set; }

    /// <summary>Where the provider says that it processed the last call; null: it doesn't say.</summary>
    public string? ReportedRegion { get; private set; }

    /// <summary>Whether any of the request may have reached the provider by the last call.</summary>
    public bool HasSent { get; set; }

    /// <summary>Whether its answer is the client's, be it one that breaks later.</summary>
    public bool Serves { get; set; }

    /// <summary>Whether a call ended that the provider may have charged, and nobody has its answer. A provider that refuses or fails says that it has used nothing.</summary>
    public bool IsLost => HasSent && !Serves && Error is not null && Status is (0 or StatusCodes.Status200OK) && Exchange.Endpoint is not { IsFree: true };

    /// <summary>Of the last call; 0: none was made.</summary>
    public long StartedTimestamp { get; set; }

    /// <summary>When the answer, or a stream's first token, was there.</summary>
    public long AnsweredTimestamp { get; set; }

    /// <summary>Whether the call is made to see whether the deployment is well again.</summary>
    public bool IsProbe { get; set; }

    /// <summary>Whether nobody else may serve the request after this one.</summary>
    private bool IsLast { get; set; }

    /// <summary>A target's turn begins.</summary>
    public void Begin(GatewayExchange exchange, CompiledCandidate candidate, DeploymentHealth health, bool isLast)
    {
        (Exchange, Candidate, Health, IsLast) = (exchange, candidate, health, isLast);
        Timeouts = candidate.Provider.Timeouts.With(exchange.Workload.Timeouts);
        Credential = null;
        WithoutReasoning = false;
        StartedTimestamp = 0;
        Forget();
    }

    /// <summary>Each call starts from nothing: no provider sees what another one was sent.</summary>
    public void Forget()
    {
        Headers.Clear();
        Answer.Clear();
        Translation?.Clear();
        Translation = null;
        (End, Error, RetryAfter, Status, Reported, AnsweredTimestamp) = (AttemptEnd.Answered, null, null, 0, null, 0);
        ReportedRegion = null;
        (HasSent, Serves) = (false, false);
    }

    /// <summary>The provider says where it processes the call: in its answer's head, or wherever its protocol tells it.</summary>
    public void ReportRegion(string? region)
    {
        ReportedRegion = region;
        if (region is not null && !Candidate.ReportedRegions.Include(region))
        {
            Exchange.MisplacedCalls.Add(new(Candidate, region));
        }
    }

    public void Fail(AttemptEnd end, GatewayError error, TimeSpan? retryAfter = null) => (End, Error, RetryAfter) = (end, error, retryAfter);

    /// <summary>How long the last call took, to its answer, its first token or its failure.</summary>
    public TimeSpan Duration(TimeProvider clock) =>
        StartedTimestamp == 0 ? TimeSpan.Zero : clock.GetElapsedTime(StartedTimestamp, AnsweredTimestamp == 0 ? clock.GetTimestamp() : AnsweredTimestamp);

    /// <summary>Whether the same deployment is called once more after so many calls.</summary>
    public bool MayBeRepeated(int calls)
    {
        var retry = Exchange.Serving.Retry;
        return calls < retry.Attempts
            && (retry.On & End.AsRetryable()) != 0
            // Whoever else may serve the request does so sooner than one that wants to be left alone.
            && (RetryAfter ?? TimeSpan.Zero) <= (IsLast ? LongestWait : LongestWaitWithOthers)
            && Health.Budget.TryTake();
    }

    /// <summary>Ends the call: the connection goes back where it can be used again.</summary>
    public ValueTask ReleaseAsync()
    {
        Events?.Dispose();
        Events = null;
        if (Connection is not { } connection)
        {
            return default;
        }

        Connection = null;
        HasSent |= connection.HasSent;
        return connection.ReleaseAsync();
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Forget();
        (Exchange, Candidate, Health, Dialect, Credential, StartedTimestamp, WithoutReasoning) = (null!, null!, null!, null!, null, 0, false);
    }
}
