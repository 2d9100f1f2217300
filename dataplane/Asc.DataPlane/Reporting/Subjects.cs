using Asc.Contracts.Telemetry.V1;
using Asc.Policy.Evaluation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Reporting;

/// <summary>The part of a record that says who asked for what, whom it went to and what was judged by: the same for many requests.</summary>
internal static class Subjects
{
    public static ExecutionRecord Of(CompletedExchange exchange, NodeIdentity node)
    {
        var record = new ExecutionRecord
        {
            Endpoint = exchange.Endpoint,
            Tenant = exchange.Tenant?.Path ?? "",
            TenantId = exchange.Key?.TenantId ?? "",
            KeyId = exchange.Key?.Id ?? "",
            RequestedModel = exchange.RequestedModel ?? "",
            Region = node.Region,
            PolicyEpoch = exchange.Policy?.Snapshot.Manifest.Epoch ?? 0,
            PolicyVersion = exchange.Policy?.Version ?? 0,
            Inputs = Inputs(exchange),
        };
        if (exchange is { Attribution: not null, Facts: { } facts })
        {
            Attributions.Write(record, facts, exchange.Policy!.Compiled);
        }

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

    public static RefusedLimit Limit(LimitRefusal refusal)
    {
        var limit = new RefusedLimit
        {
            Rule = refusal.Rule.WireName(),
            Origin = refusal.Origin,
            Counted = refusal.Counted,
            Value = (ulong)refusal.Value,
            RetryAfterMs = refusal.RetryAfterMilliseconds,
            Scope = refusal.Scope?.ToString() ?? "",
            Part = refusal.Part,
        };
        if (refusal is { Asked: { } asked, Left: { } left })
        {
            (limit.Asked, limit.Left) = ((ulong)asked, (ulong)left);
        }

        if (refusal.NodeShare is { } share)
        {
            limit.NodeShare = (ulong)share;
        }

        return limit;
    }

    private static DecisionInputs Inputs(CompletedExchange exchange)
    {
        var inputs = new DecisionInputs { AccessSequence = exchange.Switches.Sequence };
        if (exchange.Tenant is { } tenant && exchange.Switches.SuspensionOver(tenant) is { } suspended)
        {
            inputs.SuspendedTenantId = suspended.Id;
        }

        if (exchange.Refusal is { } refusal)
        {
            inputs.RefusedLimit = Limit(refusal);
        }

        inputs.KeyModels.AddRange(exchange.KeyModels?.Select(pattern => pattern.Text) ?? []);
        if (exchange is { Name: { } name, Facts.Serving: { } serving } && exchange.Switches is not { DisabledModels.Count: 0, DisabledProviders.Count: 0 })
        {
            // Of the switches only what could have borne on this request.
            inputs.DisabledModels.AddRange(serving.Candidates.Select(candidate => candidate.Model.Name).Append(name.Name).Append(serving.Name).Distinct(StringComparer.Ordinal).Where(exchange.Switches.DisabledModels.Contains));
            inputs.DisabledProviders.AddRange(serving.Candidates.Select(candidate => candidate.Provider.Name).Distinct(StringComparer.Ordinal).Where(exchange.Switches.DisabledProviders.Contains));
        }

        return inputs;
    }
}
