using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Secrets;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Reporting;

/// <summary>
/// What one request leaves behind: references and numbers, made on the request's path; the record is written out of it by the reporter's thread.
/// </summary>
internal sealed record CompletedExchange
{
    public required string RequestId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string Endpoint { get; init; }

    public EnforcedPolicy? Policy { get; init; }

    public AccessKey? Key { get; init; }

    public NamePattern[]? KeyModels { get; init; }

    /// <summary>The limit that had no room.</summary>
    public LimitRefusal? Refusal { get; init; }

    public CompiledTenant? Tenant { get; init; }

    /// <summary>What the request and its key say of it; null where nobody came to look.</summary>
    public RequestAttribution? Attribution { get; init; }

    public required AccessSwitches Switches { get; init; }

    public CompiledName? Name { get; init; }

    public string? RequestedModel { get; init; }

    public CompiledCandidate? Candidate { get; init; }

    public ProviderCredential? Credential { get; init; }

    /// <summary>Every call, where there was more than the one that served.</summary>
    public AttemptTrace[]? Tries { get; init; }

    /// <summary>Where the provider says that it processed the last call.</summary>
    public string? ReportedRegion { get; init; }

    /// <summary>What was processed elsewhere than declared; null: nothing.</summary>
    public MisplacedCall[]? MisplacedCalls { get; init; }

    public RequestShape Shape { get; init; }

    /// <summary>What of it the provider was not asked for.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    public RoutingInputs Routing { get; init; }

    public required TokenUsage Usage { get; init; }

    public TimeSpan TimeToFirstToken { get; init; }

    public TimeSpan Duration { get; init; }

    public int Attempts { get; init; }

    public bool Stream { get; init; }

    public required Outcome Outcome { get; init; }

    public ErrorCode Code { get; init; }

    public PolicyRule Rule { get; init; }

    public IReadOnlyList<Decision> Observed { get; init; } = [];

    public LimitRefusal? ObservedRefusal { get; init; }

    public int Status { get; init; }

    public int UpstreamStatus { get; init; }

    public string? TraceId { get; init; }

    /// <summary>What was judged, where there was a tenant to judge for.</summary>
    public RequestFacts? Facts => Tenant is null || Policy is null ? null : new(Tenant, Name, Policy.NodeRegion, KeyModels, Switches) { Attribution = Attribution ?? default };
}
