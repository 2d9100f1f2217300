using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Providers;
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

    public CompiledTenant? Tenant { get; set; }

    /// <summary>What the request and its key say of it.</summary>
    public RequestAttribution Attribution { get; set; }

    /// <summary>Whether what the request says has been looked at.</summary>
    public bool IsAttributed { get; set; }

    /// <summary>Tags as they are read; what is made of them is in <see cref="Attribution"/>.</summary>
    public List<KeyValuePair<string, string>> GivenTags { get; } = [];

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

    public TokenUsage Usage { get; set; }

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
    public RequestFacts Facts => new(Tenant!, Name, Policy!.NodeRegion, KeyModels, Switches) { Attribution = Attribution };

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
    public void Deny(PolicyRule rule, ErrorCode code, string message, string? parameter = null)
    {
        Rule = rule;
        Fail(code, message, parameter);
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

    private void Deny(in Decision decision, NodeIdentity node) =>
        Deny(decision.Rule, decision.Code, DenialMessage.For(Policy!.Compiled, Facts, decision, RequestedModel ?? "", node.Region), decision.Rule >= PolicyRule.ModelDefined ? "model" : null);

    public CompletedExchange Complete(Outcome outcome, TimeProvider clock) => new()
    {
        RequestId = RequestId,
        StartedAt = StartedAt,
        Endpoint = Endpoint(Http.Request),
        Policy = Policy,
        Key = Key,
        KeyModels = KeyModels,
        Tenant = Tenant,
        Attribution = IsAttributed ? Attribution : null,
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
        Tenant = null;
        Attribution = default;
        IsAttributed = false;
        GivenTags.Clear();
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
        FirstTokenTimestamp = 0;
        Error = null;
        Fault = null;
        IsComplete = false;
        Rule = PolicyRule.None;
        HasAnsweredError = false;
    }
}
