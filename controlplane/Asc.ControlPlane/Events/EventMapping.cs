using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.Persistence.Events;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Events;

/// <summary>Rows of both tables as events.</summary>
internal static class EventMapping
{
    public const string RequestType = "request";

    public static Event ToEvent(this RequestRecord row)
    {
        var record = ExecutionRecord.Parser.ParseFrom(row.Record);
        var usage = record.Usage ?? new Usage();
        return new Event
        {
            Id = row.RecordId,
            Type = RequestType,
            At = Timestamp.FromDateTimeOffset(row.At),
            Tenant = row.Tenant,
            KeyId = row.KeyId,
            Outcome = row.Outcome,
            Code = row.Code,
            Request = new RequestEvent
            {
                RequestId = row.RecordId,
                Node = row.Node,
                Region = record.Region,
                PolicyVersion = record.PolicyVersion,
                Status = record.Status,
                RequestedModel = record.RequestedModel,
                ServedModel = row.ServedModel,
                Provider = row.Provider,
                ProcessingRegion = row.Provider.Length > 0 ? record.ProcessingRegion : "",
                ReportedRegion = record.ReportedRegion,
                CredentialName = record.CredentialName,
                CredentialFingerprint = record.CredentialFingerprint,
                InputTokens = usage.Input,
                CachedReadTokens = usage.CachedRead,
                CacheWriteTokens = usage.CacheWrite,
                OutputTokens = usage.Output,
                Estimated = usage.Estimated,
                UsageParts = UsageMapping.Parts(usage),
                TimeToFirstTokenMs = record.TimeToFirstTokenMs,
                DurationMs = record.DurationMs,
                Attempts = record.Attempts,
                Stream = record.Stream,
                Epoch = (ulong)row.Epoch,
                Sequence = (ulong)row.Sequence,
                Endpoint = record.Endpoint,
                UpstreamModel = record.UpstreamModel,
                TraceId = record.TraceId,
                Rule = row.Rule,
                Tags = { record.Tags },
                Workload = record.Workload,
                DataClasses = { record.DataClasses },
                DroppedFeatures = { record.DroppedFeatures },
                Observed = { record.Observed.Select(denial => new ObservedEvent { Rule = denial.Rule, Code = denial.Code, Origin = denial.Origin }) },
            },
        };
    }

    public static Event ToEvent(this AdminRecord row) => new()
    {
        Id = row.Id,
        Type = row.Type,
        At = Timestamp.FromDateTimeOffset(row.At),
        Tenant = row.Tenant,
        KeyId = row.KeyId,
        Outcome = "ok",
        Admin = new AdminEvent
        {
            Actor = row.Actor,
            Action = row.Action,
            Subject = row.Subject,
            Reason = row.Reason,
            Before = row.Before,
            After = row.After,
            PolicyVersion = (ulong)row.PolicyVersion,
            Node = row.Node,
            Provider = row.Provider,
            RequestId = row.RequestId,
        },
    };
}
