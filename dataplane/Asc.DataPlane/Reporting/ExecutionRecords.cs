using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Decisions;
using Google.Protobuf.WellKnownTypes;

namespace Asc.DataPlane.Reporting;

/// <summary>Writes the execution record of a completed exchange.</summary>
internal static class ExecutionRecords
{
    public static ExecutionRecord Write(CompletedExchange exchange, NodeIdentity node, ulong sequence)
    {
        var record = new ExecutionRecord
        {
            Sequence = sequence,
            Id = exchange.Id.ToString(),
            StartedAt = Timestamp.FromDateTimeOffset(exchange.StartedAt),
            Endpoint = exchange.Endpoint,
            Tenant = exchange.Tenant?.Path ?? "",
            TenantId = exchange.Key?.TenantId ?? "",
            KeyId = exchange.Key?.Id ?? "",
            RequestedModel = exchange.RequestedModel ?? "",
            Region = node.Region,
            PolicyEpoch = exchange.Policy?.Snapshot.Manifest.Epoch ?? 0,
            PolicyVersion = exchange.Policy?.Version ?? 0,
            Inputs = Inputs(exchange),
            Usage = Usage(exchange.Usage),
            TimeToFirstTokenMs = exchange.TimeToFirstToken.TotalMilliseconds,
            DurationMs = exchange.Duration.TotalMilliseconds,
            Attempts = (uint)exchange.Attempts,
            Stream = exchange.Stream,
            Outcome = exchange.Outcome,
            Code = exchange.Code.WireName(),
            Status = (uint)exchange.Status,
            UpstreamStatus = (uint)exchange.UpstreamStatus,
            TraceId = exchange.TraceId ?? "",
        };
        if (exchange.Candidate is { } candidate)
        {
            record.ServedModel = candidate.Model.Name;
            record.Provider = candidate.Provider.Name;
            record.UpstreamModel = candidate.UpstreamModel;
            record.ProcessingRegion = candidate.Region;
        }

        if (exchange.Credential is { } credential)
        {
            record.CredentialName = credential.Name;
            record.CredentialFingerprint = credential.Fingerprint;
        }

        return record;
    }

    private static DecisionInputs Inputs(CompletedExchange exchange)
    {
        var inputs = new DecisionInputs { AccessSequence = exchange.Switches.Sequence };
        if (exchange.Tenant is { } tenant && exchange.Switches.SuspensionOver(tenant) is { } suspended)
        {
            inputs.SuspendedTenantId = suspended.Id;
        }

        inputs.KeyModels.AddRange(exchange.KeyModels?.Select(pattern => pattern.Text) ?? []);
        if (exchange.Name is { } name && exchange.Switches is not { DisabledModels.Count: 0, DisabledProviders.Count: 0 })
        {
            // Of the switches only what could have borne on this request.
            inputs.DisabledModels.AddRange(name.Candidates.Select(candidate => candidate.Model.Name).Append(name.Name).Distinct(StringComparer.Ordinal).Where(exchange.Switches.DisabledModels.Contains));
            inputs.DisabledProviders.AddRange(name.Candidates.Select(candidate => candidate.Provider.Name).Distinct(StringComparer.Ordinal).Where(exchange.Switches.DisabledProviders.Contains));
        }

        return inputs;
    }

    private static Usage Usage(TokenUsage usage) => new()
    {
        Input = (ulong)usage.Input,
        CachedRead = (ulong)usage.CachedRead,
        CacheWrite = (ulong)usage.CacheWrite,
        Output = (ulong)usage.Output,
        Reasoning = (ulong)usage.Reasoning,
        Estimated = usage.Estimated,
    };
}
