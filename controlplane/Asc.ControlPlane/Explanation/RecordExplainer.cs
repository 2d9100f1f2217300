using System.Collections.Frozen;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Explanation;

/// <summary><c>explain REQUEST_ID</c>: the decision derived again from the record's inputs and its policy version.</summary>
internal sealed class RecordExplainer(ControlPlaneStore store, PolicyLibrary library)
{
    public Task<ExplainResponse> ExplainAsync(ExplainRecordRequest request, CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var row = await database.RequestRecords.Where(record => record.RecordId == request.RequestId).OrderBy(record => record.Position).FirstOrDefaultAsync(cancellation)
                ?? throw AdminException.NotFound($"There is no record of a request {request.RequestId}.", "A record is readable within about a second of the response's end.");
            var record = ExecutionRecord.Parser.ParseFrom(row.Record);
            var policy = await library.FindAsync(database, row.PolicyVersion, cancellation);
            if (policy?.Compiled.FindTenant(row.Tenant) is not { } tenant)
            {
                return Unjudged(row.PolicyVersion, record);
            }

            var facts = Facts(policy.Compiled, tenant, record);
            var trace = PolicyExplainer.Explain(policy.Compiled, facts, record.RequestedModel, record.Region);
            // Another code than policy gives: the request was refused before policy was asked.
            return record.Outcome == Outcome.Denied && trace.Decision.Code.WireName() != record.Code ? Unjudged(row.PolicyVersion, record) : trace.ToWire((ulong)policy.Number);
        },
        cancellation);

    private static RequestFacts Facts(CompiledPolicy policy, CompiledTenant tenant, ExecutionRecord record)
    {
        var inputs = record.Inputs ?? new DecisionInputs();
        var switches = new AccessSwitches(
            inputs.AccessSequence,
            inputs.SuspendedTenantId.Length > 0 ? [inputs.SuspendedTenantId] : [],
            inputs.DisabledModels.ToFrozenSet(StringComparer.Ordinal),
            inputs.DisabledProviders.ToFrozenSet(StringComparer.Ordinal));
        NamePattern[]? keyModels = inputs.KeyModels.Count == 0 ? null : [.. inputs.KeyModels.Select(model => new NamePattern(model))];
        return new RequestFacts(tenant, policy.FindName(record.RequestedModel), policy.Regions.BitOf(record.Region), keyModels, switches);
    }

    // Nothing of the policy decided: no verified key, a key that is revoked, a request that isn't one.
    private static ExplainResponse Unjudged(long version, ExecutionRecord record) => new()
    {
        Verdict = record.Outcome == Outcome.Denied ? "deny" : "allow",
        Code = record.Code,
        PolicyVersion = (ulong)version,
        Message = record.Code.Length == 0 ? "No policy judged this request." : $"The request ended with {record.Code} before policy was asked.",
    };
}
