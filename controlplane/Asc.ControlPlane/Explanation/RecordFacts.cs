using System.Collections.Frozen;
using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Explanation;

/// <summary>What was judged, from a record's inputs: by names, so that any policy can judge it again.</summary>
internal static class RecordFacts
{
    private static readonly DecisionInputs Nothing = new();

    public static RequestFacts Of(CompiledPolicy policy, CompiledTenant tenant, ExecutionRecord record) =>
        SubjectOf(policy, tenant, record) with { Shape = ShapeOf(record), Routing = RoutingOf(record) };

    /// <summary>Who asks for what, and what is said of it: the same for many records, as shape and routing are not.</summary>
    public static RequestFacts SubjectOf(CompiledPolicy policy, CompiledTenant tenant, ExecutionRecord record)
    {
        var inputs = InputsOf(record);
        var switches = new AccessSwitches(
            inputs.AccessSequence,
            inputs.SuspendedTenantId.Length > 0 ? [inputs.SuspendedTenantId] : [],
            inputs.DisabledModels.ToFrozenSet(StringComparer.Ordinal),
            inputs.DisabledProviders.ToFrozenSet(StringComparer.Ordinal));
        NamePattern[]? keyModels = inputs.KeyModels.Count == 0 ? null : [.. inputs.KeyModels.Select(model => new NamePattern(model))];
        var key = new KeyAttribution([.. inputs.KeyTags], [.. inputs.KeyWorkloads], [.. inputs.KeyDataClasses]);
        return new RequestFacts(tenant, policy.FindName(record.RequestedModel), policy.Regions.BitOf(record.Region), keyModels, switches)
        {
            Attribution = RequestAttribution.Of(policy, tenant, key, [.. inputs.Tags], inputs.Workload.Length > 0 ? inputs.Workload : null, inputs.DataClasses),
        };
    }

    public static RequestShape ShapeOf(ExecutionRecord record)
    {
        var inputs = InputsOf(record);
        return new((Capabilities)inputs.Uses, (long)inputs.PromptTokens, (long)inputs.MaxOutputTokens);
    }

    /// <summary>By the places of the candidates in the recorded version.</summary>
    public static RoutingInputs RoutingOf(ExecutionRecord record)
    {
        var inputs = InputsOf(record);
        return new(inputs.UnhealthyCandidates, inputs.RestingCandidates, inputs.Draw, inputs.Latencies.Count == 0 ? null : [.. inputs.Latencies], DayOf(record));
    }

    /// <summary>The day whose prices apply, as <see cref="DateOnly.DayNumber"/>.</summary>
    public static int DayOf(ExecutionRecord record) => record.StartedAt is { } at ? DateOnly.FromDateTime(at.ToDateTime()).DayNumber : 0;

    public static DecisionInputs InputsOf(ExecutionRecord record) => record.Inputs ?? Nothing;
}
