using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Explanation;

namespace Asc.ControlPlane.Replay;

/// <summary>All of a record that <see cref="RecordFacts.CallerOf"/> reads, and the version that judged it. Compares without copying.</summary>
internal readonly struct CallerKey(string tenant, ExecutionRecord record, bool isHeld) : IEquatable<CallerKey>
{
    private readonly string tenant = tenant;
    private readonly ExecutionRecord record = record;
    private readonly bool isHeld = isHeld;

    public bool Equals(CallerKey other) =>
        tenant == other.tenant && isHeld == other.isHeld && record.PolicyVersion == other.record.PolicyVersion
        && AreEqual(RecordFacts.InputsOf(record), RecordFacts.InputsOf(other.record));

    public override bool Equals(object? obj) => obj is CallerKey other && Equals(other);

    public override int GetHashCode()
    {
        var inputs = RecordFacts.InputsOf(record);
        return HashCode.Combine(
            tenant, record.PolicyVersion, inputs.Tags.GetHashCode(), inputs.Workload, inputs.KeyTags.GetHashCode(), inputs.KeyModels.Count);
    }

    private static bool AreEqual(DecisionInputs a, DecisionInputs b) =>
        a.Workload == b.Workload && a.SuspendedTenantId == b.SuspendedTenantId
        && a.Tags.Equals(b.Tags) && a.KeyTags.Equals(b.KeyTags) && a.DataClasses.Equals(b.DataClasses)
        && a.KeyModels.Equals(b.KeyModels) && a.KeyWorkloads.Equals(b.KeyWorkloads) && a.KeyDataClasses.Equals(b.KeyDataClasses)
        && a.DisabledModels.Equals(b.DisabledModels) && a.DisabledProviders.Equals(b.DisabledProviders);
}
