using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Explanation;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Replay;

/// <summary>Who asks, as both policies see it: worked out once for all records that say the same.</summary>
internal sealed class ReplayedCaller
{
    private readonly CompiledPolicy? recordedPolicy;
    private readonly CompiledPolicy againstPolicy;
    private readonly RequestFacts? recorded;
    private readonly RequestFacts? against;

    /// <param name="tenant">Whose records they are.</param>
    /// <param name="record">Any of them.</param>
    /// <param name="recordedPolicy">The version that judged them; null where it is not held.</param>
    /// <param name="againstPolicy">What they are replayed against.</param>
    public ReplayedCaller(string tenant, ExecutionRecord record, CompiledPolicy? recordedPolicy, CompiledPolicy againstPolicy)
    {
        (this.recordedPolicy, this.againstPolicy) = (recordedPolicy, againstPolicy);
        recorded = CallerUnder(recordedPolicy, tenant, record);
        against = CallerUnder(againstPolicy, tenant, record);
    }

    /// <summary>What the recorded version judged; null where it is not held, or doesn't have the tenant.</summary>
    public RequestFacts? Recorded(ExecutionRecord record) => recorded is { } caller ? RecordFacts.Asking(caller, recordedPolicy!, record) : null;

    /// <summary>What the other policy judges, health and latencies still by the recorded places; null where it doesn't have the tenant.</summary>
    public RequestFacts? Against(ExecutionRecord record) => against is { } caller ? RecordFacts.Asking(caller, againstPolicy, record) : null;

    private static RequestFacts? CallerUnder(CompiledPolicy? policy, string tenant, ExecutionRecord record) =>
        policy?.FindTenant(tenant) is { } found ? RecordFacts.CallerOf(policy, found, record) : null;
}
