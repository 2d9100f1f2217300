using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Explanation;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Replay;

/// <summary>Who asks for what, as both policies see it: worked out once for all records that say the same.</summary>
internal sealed class ReplaySubject
{
    private readonly RequestFacts? recorded;
    private readonly RequestFacts? against;
    private readonly PlaceTranslation places;

    /// <param name="tenant">Whose records they are.</param>
    /// <param name="record">Any of them.</param>
    /// <param name="recorded">The version that judged them; null where it is not held.</param>
    /// <param name="against">What they are replayed against.</param>
    public ReplaySubject(string tenant, ExecutionRecord record, CompiledPolicy? recorded, CompiledPolicy against)
    {
        this.recorded = FactsUnder(recorded, tenant, record);
        this.against = FactsUnder(against, tenant, record);
        places = PlaceTranslation.Between(this.recorded?.Serving, this.against?.Serving);
    }

    /// <summary>What the recorded version judged; null where it is not held, or doesn't have the tenant.</summary>
    public RequestFacts? Recorded(ExecutionRecord record) =>
        recorded is { } facts ? facts with { Shape = RecordFacts.ShapeOf(record), Routing = RecordFacts.RoutingOf(record) } : null;

    /// <summary>What the other policy judges; null where it doesn't have the tenant.</summary>
    public RequestFacts? Against(ExecutionRecord record) =>
        against is { } facts ? facts with { Shape = RecordFacts.ShapeOf(record), Routing = places.Translate(RecordFacts.RoutingOf(record), record.Id) } : null;

    private static RequestFacts? FactsUnder(CompiledPolicy? policy, string tenant, ExecutionRecord record) =>
        policy?.FindTenant(tenant) is { } found ? RecordFacts.SubjectOf(policy, found, record) : null;
}
