using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Asc.Persistence.Events;
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
            var response = Explain(row, record, policy);
            response.Execution = ExecutionTrace.Of(row, record);
            return response;
        },
        cancellation);

    private static ExplainResponse Explain(RequestRecord row, ExecutionRecord record, PublishedPolicy? policy)
    {
        if (policy?.Compiled.FindTenant(row.Tenant) is not { } tenant)
        {
            return Unjudged(row.PolicyVersion, record);
        }

        var facts = RecordFacts.Of(policy.Compiled, tenant, record);
        var trace = PolicyExplainer.Explain(policy.Compiled, facts, record.RequestedModel, record.Region);
        var isPolicys = trace.Decision.Code.WireName() == record.Code;
        if (record.Outcome == Outcome.Denied && !isPolicys && record.Provider.Length == 0)
        {
            return Unjudged(row.PolicyVersion, record);
        }

        var response = trace.ToWire((ulong)policy.Number, policy.Content);
        if (!isPolicys)
        {
            response.Message += Afterwards(record);
        }
        else if (trace.Decision.Candidate is { } first && (first.Provider.Name, first.UpstreamModel, first.Region) != (record.Provider, record.UpstreamModel, record.ProcessingRegion))
        {
            response.Message += $" In the end {record.UpstreamModel} of {record.Provider} in {record.ProcessingRegion} served it.";
        }

        return response;
    }

    // What policy permitted need not have gone well.
    private static string Afterwards(ExecutionRecord record) => record.Outcome switch
    {
        Outcome.Aborted => " The client left before it was answered.",
        Outcome.Denied => $" The node could not call {record.Provider}, and answered {record.Code}.",
        _ => $" The call then failed: {record.Code}{(record.UpstreamStatus == 0 ? "" : $", {record.Provider} answered {record.UpstreamStatus}")}.",
    };

    // Nothing of the policy decided: no verified key, a key that is revoked, a request that isn't one.
    private static ExplainResponse Unjudged(long version, ExecutionRecord record) => new()
    {
        Verdict = record.Outcome == Outcome.Denied ? "deny" : "allow",
        Code = record.Code,
        PolicyVersion = (ulong)version,
        Message = record switch
        {
            { Code: "" } => "No policy judged this request.",
            { Rule: { Length: > 0 } rule } => $"The node refused the request with {record.Code} by {rule}. How it came to that can't be derived again.",
            _ => $"The request was refused with {record.Code} as it was read, before the rules for models were asked: the answer said what is wrong with it.",
        },
    };
}
