using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Wire;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane;

/// <summary>
/// What travels through the stages: one request, the policy pinned to it, what has been decided and used so far. Pooled: <see cref="Reset"/>
/// must forget everything, so that no request ever sees another's.
/// </summary>
internal sealed class GatewayExchange
{
    private const int EndpointMaximum = 100;
    private int attempts;
    private long? promptTokens;
    private bool isSettled;
    private ModelRequest request;

    public HttpContext Http { get; private set; } = null!;

    public ClientConnection? Connection { get; private set; }

    /// <summary>Where it was sent to; null: nothing is served there.</summary>
    public ApiEndpoint? Endpoint { get; private set; }

    /// <summary>What the client speaks.</summary>
    public ClientDialect Dialect { get; private set; } = ClientDialects.OpenAi;

    /// <summary>Read once, here; no later stage looks at the holder.</summary>
    public EnforcedPolicy? Policy { get; private set; }

    public AccessSwitches Switches { get; private set; } = AccessSwitches.None;

    public string RequestId { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    public long StartedTimestamp { get; private set; }

    public AccessKey? Key { get; set; }

    public NamePattern[]? KeyModels { get; set; }

    public LoadedGrant? Grant { get; set; }

    public CompiledTenant? Tenant { get; set; }

    /// <summary>What the request and its key say of it.</summary>
    public RequestAttribution Attribution { get; set; }

    /// <summary>Whether what the request says has been looked at.</summary>
    public bool IsAttributed { get; set; }

    /// <summary>Tags as they are read; what is made of them is in <see cref="Attribution"/>.</summary>
    public List<KeyValuePair<string, string>> GivenTags { get; } = [];

    public PooledBody Body { get; } = new();

    /// <summary>The same without what no provider of the protocol could read, where it holds any; empty until it is needed.</summary>
    public PooledBody Blanked { get; } = new();

    /// <summary>The same without anything that a model thought; empty until a provider can't read that.</summary>
    public PooledBody WithoutReasoning { get; } = new();

    /// <summary>By reference: it is large, and looked at all along the way.</summary>
    public ref ModelRequest Request => ref request;

    /// <summary>How many tokens the prompt is, counted by ASC: for when no provider tells.</summary>
    public long PromptTokens => promptTokens ??= TextSample.TokensIn(Body.Span) + Request.Attachments.Estimate;

    /// <summary>
    /// Counts the prompt instead of guessing it from its bytes, which escapes and indentation make up to five times as many as its text: nobody is refused for a guess.
    /// </summary>
    /// <returns>Whether it is shorter than was guessed.</returns>
    public bool CountsPromptShorter()
    {
        var (shape, counted) = (Request.Shape, PromptTokens - Request.Attachments.Estimate);
        if (counted >= shape.PromptTokens)
        {
            return false;
        }

        Request = Request with { Shape = shape with { PromptTokens = counted } };
        return true;
    }

    public CompiledName? Name { get; set; }

    /// <summary>The class that it is of.</summary>
    public CompiledWorkload Workload { get; set; } = null!;

    /// <summary>What serves the name: another where the workload says so.</summary>
    public CompiledName Serving { get; set; } = null!;

    /// <summary>As the caller wrote it.</summary>
    public string? RequestedModel { get; set; }

    public CompiledCandidate? Candidate { get; set; }

    /// <summary>What is known of what serves the name, each at its candidate's place.</summary>
    public DeploymentHealth[] Deployments { get; set; } = [];

    /// <summary>Who may serve the request, in order.</summary>
    public CandidateRanking Ranking;

    /// <summary>What the node knew of the candidates as the decision was made, and what it drew.</summary>
    public RoutingInputs Routing { get; set; }

    /// <summary>Where <see cref="RoutingInputs.Latencies"/> are kept from request to request.</summary>
    public float[] Latencies { get; } = new float[CandidateRanking.MaximumCandidates];

    /// <summary>The turn of the candidate in question; once it has answered, of the one that serves.</summary>
    public Attempt Attempt { get; set; } = new();

    /// <summary>What came to nothing.</summary>
    public AttemptTrail Trail { get; } = new();

    /// <summary>What was processed elsewhere than declared.</summary>
    public MisplacedCalls MisplacedCalls { get; } = new();

    /// <summary>Calls made to providers.</summary>
    public int Attempts => attempts;

    public UsageMeter Meter { get; } = new();

    public TokenUsage Usage { get; private set; }

    /// <summary>What the request holds of limits.</summary>
    public RateTaking Rates { get; } = new();

    /// <summary>The limit that had no room.</summary>
    public LimitRefusal? Refusal { get; set; }

    public long FirstTokenTimestamp { get; set; }

    public GatewayError? Error { get; private set; }

    /// <summary>What went wrong unforeseen; a stage that knows better turns it into an error on the way out.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The rule that denied the request, where policy did.</summary>
    public PolicyRule Rule { get; private set; }

    /// <summary>Whether every stage said yes, so that the client was given the whole answer.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether the error is the whole answer, so that the client has it complete.</summary>
    public bool HasAnsweredError { get; set; }

    /// <summary>The limit that would have refused and is only observed.</summary>
    public LimitRefusal? ObservedRefusal { get; set; }

    /// <summary>What the rules say that are only observed: their denials.</summary>
    public Decision[] Observed { get; set; } = [];

    /// <summary>When the same request may pass, where a denial is of that kind.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>What of the request the provider that was called was not asked for, by name.</summary>
    public IReadOnlyList<string> Dropped =>
        Attempts > 0 && Candidate is not null && Attempt.Lost is var lost and not RequestFeatures.None ? NamesOf(lost) : [];

    public bool ClientLeft => Http.RequestAborted.IsCancellationRequested;

    /// <summary>What the evaluator judges.</summary>
    public RequestFacts Facts => new(Tenant!, Name, Policy!.NodeRegion, KeyModels, Switches) { Attribution = Attribution, Shape = Request.Shape, Routing = Routing, Refusal = Refusal, ObservedRefusal = ObservedRefusal };

    public void Begin(HttpContext http, ClientConnection? connection, EnforcedPolicy? policy, AccessSwitches switches, TimeProvider clock)
    {
        Http = http;
        Connection = connection;
        Endpoint = ApiEndpoint.At(http.Request.Path);
        Dialect = Endpoint?.Dialect ?? ClientDialects.Of(http.Request);
        Policy = policy;
        Switches = switches;
        StartedAt = clock.GetUtcNow();
        StartedTimestamp = clock.GetTimestamp();
        RequestId = RequestIds.Next(StartedAt).ToString();
    }

    /// <summary>A call to a provider is made; several may be at once.</summary>
    public void CountCall() => Interlocked.Increment(ref attempts);

    public void Fail(GatewayError error) => Error ??= error;

    public void Fail(ErrorCode code, string message, string? parameter = null) => Fail(new GatewayError(code, message, parameter));

    /// <summary>A rule of the policy says no.</summary>
    public void Deny(PolicyRule rule, ErrorCode code, string message, string? parameter = null)
    {
        Rule = rule;
        Fail(new GatewayError(code, message, parameter) { RetryAfter = RetryAfter });
    }

    /// <summary>Whether <paramref name="decision"/> lets the request pass; a denial becomes the error that the caller reads.</summary>
    public bool Passes(in Decision decision, NodeIdentity node)
    {
        if (!decision.IsAllowed)
        {
            Deny(decision, node);
        }

        return decision.IsAllowed;
    }

    /// <summary>What the answer has used: the truth, or the best estimate of it.</summary>
    public TokenUsage MeteredUsage() => Meter.Settle(Meter.KnowsPrompt ? 0 : PromptTokens);

    /// <summary>What was sent to a provider is counted, by whichever stage needs to know it first.</summary>
    public void SettleUsage()
    {
        if (!isSettled)
        {
            isSettled = true;
            // Calls that were lost are the trail's; one that a fault of ASC's own ended has left no word there.
            var answer = Attempt.Serves || (Attempt is { HasSent: true, Error: null }) ? MeteredUsage() : default;
            Usage = answer.With(Trail.UnansweredInput);
        }
    }

    private void Deny(in Decision decision, NodeIdentity node)
    {
        RetryAfter ??= Refusal is { } refusal ? TimeSpan.FromMilliseconds(refusal.RetryAfterMilliseconds) : null;
        var message = DenialMessage.For(Policy!.Compiled, Facts, decision, RequestedModel ?? "", node.Region);
        if (decision.Rule == PolicyRule.ProviderProtocol && Unserved() is var unserved && (unserved & (Request.Notes.Places.Known | RequestFeatures.OtherFields)) != 0)
        {
            var places = (unserved & Request.Notes.Places.Known).Each().Select(feature => BodyPath.Of(Body.Span, Request.Notes.Places[feature])).ToArray();
            var others = (unserved & RequestFeatures.OtherFields) == 0 ? [] : Request.Notes.Fields.Of(Body.Span);
            var where = $"{(others.Count == 0 ? "" : $" Its other fields: {string.Join(", ", others)}.")}{(places.Length == 0 ? "" : $" That is asked for at {string.Join(", ", places)}.")}";
            Deny(decision.Rule, decision.Code, message + where, others.Concat(places).FirstOrDefault() ?? ParameterOf(decision.Rule));
            return;
        }

        Deny(decision.Rule, decision.Code, message, ParameterOf(decision.Rule));
    }

    // What a candidate lacks that may not be done without.
    private RequestFeatures Unserved()
    {
        var unserved = RequestFeatures.None;
        foreach (var candidate in Serving.Candidates)
        {
            unserved |= candidate.Provider.Offers(Request.Shape.Operation) ? candidate.Loses(Request.Shape) & ~Tenant!.MayLose : RequestFeatures.None;
        }

        return unserved;
    }

    // Of other fields and members their own names say more.
    private IReadOnlyList<string> NamesOf(RequestFeatures features)
    {
        var (others, members) = (Request.Notes.Fields, Request.Notes.Members);
        var named = (others.HasMore ? RequestFeatures.None : RequestFeatures.OtherFields) | (members.HasMore ? RequestFeatures.None : RequestFeatures.OtherMembers);
        return
        [
            .. (features & ~named).Names(),
            .. (features & RequestFeatures.OtherFields) == 0 ? [] : others.Of(Body.Span),
            .. (features & RequestFeatures.OtherMembers) == 0 ? [] : members.Of(Body.Span),
        ];
    }

    private string? ParameterOf(PolicyRule rule) => rule switch
    {
        PolicyRule.MaxOutputTokens => Request.MaxOutput.Parameter,
        PolicyRule.ConcurrentRequests or PolicyRule.RequestsPerMinute or PolicyRule.TokensPerMinute => null,
        _ => rule >= PolicyRule.ModelDefined ? "model" : null,
    };

    public CompletedExchange Complete(Outcome outcome, TimeProvider clock) => new()
    {
        RequestId = RequestId,
        StartedAt = StartedAt,
        Endpoint = EndpointName(),
        Policy = Policy,
        Key = Key,
        KeyModels = KeyModels,
        Refusal = Refusal,
        Tenant = Tenant,
        Attribution = IsAttributed ? Attribution : null,
        Switches = Switches,
        Name = Name,
        RequestedModel = RequestedModel,
        Candidate = Candidate,
        Credential = Attempt.Credential,
        Tries = Trail.With(IsServed ? AttemptTrace.Of(Attempt, clock) : null),
        ReportedRegion = Attempt.ReportedRegion,
        MisplacedCalls = MisplacedCalls.All,
        Dropped = Dropped,
        Shape = Request.Shape,
        Routing = Routing.Latencies is null ? Routing : Routing with { Latencies = [.. Routing.Latencies.AsSpan(0, Serving.Candidates.Count)] },
        Usage = Usage,
        TimeToFirstToken = FirstTokenTimestamp == 0 ? TimeSpan.Zero : clock.GetElapsedTime(StartedTimestamp, FirstTokenTimestamp),
        Duration = clock.GetElapsedTime(StartedTimestamp),
        Attempts = Attempts,
        Stream = Request.Stream,
        Outcome = outcome,
        Code = Error?.Code ?? ErrorCode.None,
        Rule = Rule,
        Observed = Observed,
        ObservedRefusal = ObservedRefusal,
        Status = StatusAsSeen(outcome),
        UpstreamStatus = Attempt.Status,
        TraceId = TraceContext.TraceIdOf(Http.Request.Headers.TraceParent),
    };

    // By an answer, be it one that broke later.
    private bool IsServed => Attempt is { StartedTimestamp: not 0, Error: null };

    // A path that nobody serves can be of any length.
    private string EndpointName() => (Endpoint, Http.Request) switch
    {
        ({ } served, { } request) when HttpMethods.IsPost(request.Method) => served.Name,
        (_, { Path.Value: { Length: > EndpointMaximum } path, Method: var method }) => $"{method} {path.AsSpan(0, EndpointMaximum)}",
        var (_, request) => $"{request.Method} {request.Path.Value}",
    };

    // A stream that failed in its middle had begun well.
    private int StatusAsSeen(Outcome outcome) =>
        Error is { } error && (HasAnsweredError || outcome == Outcome.Aborted || !Http.Response.HasStarted) ? error.Status : Http.Response.StatusCode;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Http = null!;
        Connection = null;
        Endpoint = null;
        Dialect = ClientDialects.OpenAi;
        Policy = null;
        Switches = AccessSwitches.None;
        Key = null;
        KeyModels = null;
        Grant = null;
        Tenant = null;
        Attribution = default;
        IsAttributed = false;
        GivenTags.Clear();
        Body.Clear();
        Blanked.Clear();
        WithoutReasoning.Clear();
        Request = default;
        Name = null;
        Serving = null!;
        Workload = null!;
        RequestedModel = null;
        Candidate = null;
        Deployments = [];
        Ranking = default;
        Routing = default;
        Attempt.Reset();
        Trail.Clear();
        MisplacedCalls.Clear();
        RetryAfter = null;
        ObservedRefusal = null;
        Observed = [];
        attempts = 0;
        Meter.Reset();
        promptTokens = null;
        Usage = default;
        isSettled = false;
        Rates.Clear();
        Refusal = null;
        FirstTokenTimestamp = 0;
        Error = null;
        Fault = null;
        IsComplete = false;
        Rule = PolicyRule.None;
        HasAnsweredError = false;
    }
}
