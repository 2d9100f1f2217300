using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Compilation;

namespace Asc.ControlPlane.Replay;

/// <summary>Which deployment a request goes to, whatever policy names it.</summary>
internal readonly record struct Deployment(string Model, string Provider, string UpstreamModel, string Region)
{
    public static Deployment Of(CompiledCandidate candidate) => new(candidate.Model.Name, candidate.Provider.Name, candidate.UpstreamModel, candidate.Region);

    /// <summary>The first that the node called, which is the one that it had chosen.</summary>
    public static Deployment FirstOf(ExecutionRecord record) => record.Tries is [var first, ..]
        ? new(first.Model, first.Provider, first.UpstreamModel, first.ProcessingRegion)
        : new(record.ServedModel, record.Provider, record.UpstreamModel, record.ProcessingRegion);

    public override string ToString() => $"{UpstreamModel} of {Provider} in {Region}";
}
