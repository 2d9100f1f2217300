using System.Text.Json;
using Asc.Contracts.Telemetry.V1;
using Asc.Persistence;
using Asc.Persistence.Events;
using Google.Protobuf;

namespace Asc.ControlPlane.Telemetry;

/// <summary>A judged record as a row: what is accepted as a request, what is refused as an event of its node.</summary>
internal static class RecordRows
{
    public static object Row(RecordBatch batch, ExecutionRecord record, Judgement judgement, long position, DateTimeOffset now) =>
        judgement.Refusal is { } why ? Refused(batch, record, why, position, now) : Accepted(batch, record, judgement.Tenant, position, now);

    private static RequestRecord Accepted(RecordBatch batch, ExecutionRecord record, string tenant, long position, DateTimeOffset now) => new()
    {
        Position = position,
        Node = batch.Node,
        Epoch = (long)batch.Epoch,
        Sequence = (long)record.Sequence,
        RecordId = Cut(record.Id, ColumnLengths.Id),
        At = record.StartedAt?.ToDateTimeOffset() ?? now,
        Tenant = tenant,
        KeyId = Cut(record.KeyId, ColumnLengths.Id),
        RequestedModel = Cut(record.RequestedModel, ColumnLengths.Name),
        ServedModel = HadATurn(record) ? Cut(record.ServedModel, ColumnLengths.Name) : "",
        Provider = HadATurn(record) ? Cut(record.Provider, ColumnLengths.Name) : "",
        Outcome = record.Outcome.ToString().ToLowerInvariant(),
        Code = Cut(record.Code, ColumnLengths.Label),
        Rule = Cut(record.Rule, ColumnLengths.Label),
        ObservedRule = Listed(record.Observed.Select(denial => denial.Rule), ColumnLengths.Name),
        PolicyVersion = (long)record.PolicyVersion,
        Record = record.ToByteArray(),
    };

    private static AdminRecord Refused(RecordBatch batch, ExecutionRecord record, string why, long position, DateTimeOffset now) => new()
    {
        Position = position,
        Id = Guid.CreateVersion7(now).ToString(),
        At = now,
        Type = "node",
        Actor = batch.Node,
        Action = "record.refused",
        Subject = $"{batch.Node} epoch {batch.Epoch} sequence {record.Sequence}",
        Node = batch.Node,
        RequestId = Cut(record.Id, ColumnLengths.Id),
        Reason = Cut(why, ColumnLengths.Message),
        After = JsonSerializer.Serialize(new { node = batch.Node, epoch = batch.Epoch, sequence = record.Sequence, requestId = Cut(record.Id, ColumnLengths.Id) }),
        PolicyVersion = (long)record.PolicyVersion,
    };

    /// <summary>Where a provider says that it processed elsewhere than declared: an event of its own, beside the request's.</summary>
    public static AdminRecord Mismatch(RecordBatch batch, ExecutionRecord record, RegionMismatch mismatch, string tenant, long position, DateTimeOffset now) => new()
    {
        Position = position,
        Id = Guid.CreateVersion7(now).ToString(),
        At = record.StartedAt?.ToDateTimeOffset() ?? now,
        Type = "residency",
        Actor = batch.Node,
        Action = "region.mismatch",
        Subject = Cut($"{mismatch.UpstreamModel} of {mismatch.Provider}", ColumnLengths.Name),
        Tenant = tenant,
        KeyId = Cut(record.KeyId, ColumnLengths.Id),
        Node = batch.Node,
        Provider = Cut(mismatch.Provider, ColumnLengths.Name),
        RequestId = Cut(record.Id, ColumnLengths.Id),
        Reason = Cut($"{mismatch.Provider} reports that it processed the request {record.Id} in {mismatch.Reported}, which is not declared to be {mismatch.Declared}", ColumnLengths.Message),
        After = JsonSerializer.Serialize(new
        {
            requestId = Cut(record.Id, ColumnLengths.Id), provider = Cut(mismatch.Provider, ColumnLengths.Name), upstreamModel = Cut(mismatch.UpstreamModel, ColumnLengths.Name),
            declared = Cut(mismatch.Declared, ColumnLengths.Label), reported = Cut(mismatch.Reported, ColumnLengths.Label),
        }),
        PolicyVersion = (long)record.PolicyVersion,
    };

    // The first choice of a request that was refused before any call is part of the decision only: nobody was asked.
    private static bool HadATurn(ExecutionRecord record) => record.Attempts > 0 || record.Tries.Count > 0;

    // As many whole names as there is room for.
    private static string Listed(IEnumerable<string> rules, int length)
    {
        var list = "";
        foreach (var rule in rules)
        {
            list = list.Length == 0 ? Cut(rule, length) : list.Length + 1 + rule.Length <= length ? $"{list},{rule}" : list;
        }

        return list;
    }

    // What a client wrote, like a model's name, may be longer than its column.
    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
