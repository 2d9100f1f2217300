using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Secrets;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane;

/// <summary>
/// What travels through the stages: one request, the policy pinned to it, what has been decided and used so far. Pooled: <see cref="Reset"/>
/// must forget everything, so that no request ever sees another's.
/// </summary>
internal sealed class GatewayExchange
{
    /// <summary>What this node serves.</summary>
    public const string ServedPath = "/v1/chat/completions";

    /// <summary>As records name it.</summary>
    public const string ServedEndpoint = "POST " + ServedPath;
    private const int EndpointMaximum = 100;
    private bool isSettled;

    public HttpContext Http { get; private set; } = null!;

    public ClientConnection? Connection { get; private set; }

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

    public PooledBody Body { get; } = new();

    public ChatRequest Request { get; set; }

    public CompiledName? Name { get; set; }

    /// <summary>As the caller wrote it.</summary>
    public string? RequestedModel { get; set; }

    public CompiledCandidate? Candidate { get; set; }

    public ProviderCredential? Credential { get; set; }

    /// <summary>Calls sent to a provider.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether any of the request may have reached a provider.</summary>
    public bool HasSent { get; set; }

    public int UpstreamStatus { get; set; }

    /// <summary>The call in progress.</summary>
    public UpstreamConnection? Upstream { get; set; }

    public UpstreamHeaders UpstreamHeaders { get; } = new();

    public UsageMeter Meter { get; } = new();

    public TokenUsage Usage { get; private set; }

    /// <summary>What the request holds of limits.</summary>
    public RateTaking Rates { get; } = new();

    /// <summary>The limit that had no room.</summary>
    public LimitRefusal? Refusal { get; set; }

    /// <summary>The bound of the output that the provider is told where the caller names none; empty: none.</summary>
    public ReadOnlyMemory<byte> OutputMember { get; set; }

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

    public bool ClientLeft => Http.RequestAborted.IsCancellationRequested;

    /// <summary>What the evaluator judges.</summary>
    public RequestFacts Facts => new(Tenant!, Name, Policy!.NodeRegion, KeyModels, Switches) { MaxOutputTokens = Request.MaxOutput.Asked, Refusal = Refusal };

    public void Begin(HttpContext http, ClientConnection? connection, EnforcedPolicy? policy, AccessSwitches switches, TimeProvider clock)
    {
        Http = http;
        Connection = connection;
        Policy = policy;
        Switches = switches;
        StartedAt = clock.GetUtcNow();
        StartedTimestamp = clock.GetTimestamp();
        RequestId = RequestIds.Next(StartedAt).ToString();
    }

    public void Fail(GatewayError error) => Error ??= error;

    public void Fail(ErrorCode code, string message, string? parameter = null) => Fail(new GatewayError(code, message, parameter));

    /// <summary>A rule of the policy says no.</summary>
    public void Deny(PolicyRule rule, ErrorCode code, string message, string? parameter = null, string? retryAfter = null)
    {
        Rule = rule;
        Fail(new(code, message, parameter) { RetryAfter = retryAfter });
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

    /// <summary>What was sent to a provider is counted, by whichever stage needs to know it first.</summary>
    public void SettleUsage()
    {
        // A provider that refused or failed outright has used nothing; one that began to answer, or was left without an answer, has.
        if (!isSettled && HasSent && UpstreamStatus is (0 or StatusCodes.Status200OK))
        {
            isSettled = true;
            Usage = Meter.Settle(Body.Length);
        }
    }

    private void Deny(in Decision decision, NodeIdentity node) =>
        Deny(decision.Rule, decision.Code, DenialMessage.For(Policy!.Compiled, Facts, decision, RequestedModel ?? "", node.Region), ParameterOf(decision.Rule), RetryAfter());

    // Whole seconds, rounded up: a request that is sent then passes, if nobody else takes the room.
    private string? RetryAfter() => Refusal is { } refusal
        ? Math.Max(1, Math.Ceiling(refusal.RetryAfterMilliseconds / 1000)).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : null;

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
        Endpoint = Endpoint(Http.Request),
        Policy = Policy,
        Key = Key,
        KeyModels = KeyModels,
        Refusal = Refusal,
        Tenant = Tenant,
        Switches = Switches,
        Name = Name,
        RequestedModel = RequestedModel,
        Candidate = Candidate,
        Credential = Credential,
        Usage = Usage,
        TimeToFirstToken = FirstTokenTimestamp == 0 ? TimeSpan.Zero : clock.GetElapsedTime(StartedTimestamp, FirstTokenTimestamp),
        Duration = clock.GetElapsedTime(StartedTimestamp),
        Attempts = Attempts,
        Stream = Request.Stream,
        Outcome = outcome,
        Code = Error?.Code ?? ErrorCode.None,
        Rule = Rule,
        Status = StatusAsSeen(outcome),
        UpstreamStatus = UpstreamStatus,
        TraceId = TraceContext.TraceIdOf(Http.Request.Headers.TraceParent),
    };

    // A path that nobody serves can be of any length.
    private static string Endpoint(HttpRequest request) =>
        request.Path.Value == ServedPath && HttpMethods.IsPost(request.Method) ? ServedEndpoint
        : request.Path.Value is { Length: > EndpointMaximum } path ? $"{request.Method} {path.AsSpan(0, EndpointMaximum)}" : $"{request.Method} {request.Path.Value}";

    // A stream that failed in its middle had begun well.
    private int StatusAsSeen(Outcome outcome) =>
        Error is { } error && (HasAnsweredError || outcome == Outcome.Aborted || !Http.Response.HasStarted) ? error.Status : Http.Response.StatusCode;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Http = null!;
        Connection = null;
        Policy = null;
        Switches = AccessSwitches.None;
        Key = null;
        KeyModels = null;
        Grant = null;
        Tenant = null;
        Body.Clear();
        Request = default;
        Name = null;
        RequestedModel = null;
        Candidate = null;
        Credential = null;
        Attempts = 0;
        HasSent = false;
        UpstreamStatus = 0;
        Upstream = null;
        UpstreamHeaders.Clear();
        Meter.Reset();
        Usage = default;
        isSettled = false;
        Rates.Clear();
        Refusal = null;
        OutputMember = default;
        FirstTokenTimestamp = 0;
        Error = null;
        Fault = null;
        IsComplete = false;
        Rule = PolicyRule.None;
        HasAnsweredError = false;
    }
}
