using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Events;
using Asc.Persistence.Events;

namespace Asc.ControlPlane.Explanation;

/// <summary>What came of a recorded request: each call that was made for it, and how it ended.</summary>
internal static class ExecutionTrace
{
    private const int Ok = 200;

    public static Execution Of(RequestRecord row, ExecutionRecord record)
    {
        var usage = record.Usage ?? new();
        return new()
        {
            RequestId = record.Id,
            StartedAt = record.StartedAt,
            Node = row.Node,
            Outcome = row.Outcome,
            Code = record.Code,
            Status = record.Status,
            Calls = { Calls(record) },
            InputTokens = usage.Input,
            CachedReadTokens = usage.CachedRead,
            CacheWriteTokens = usage.CacheWrite,
            OutputTokens = usage.Output,
            Estimated = usage.Estimated,
            UsageParts = UsageMapping.Parts(usage),
            TimeToFirstTokenMs = record.TimeToFirstTokenMs,
            DurationMs = record.DurationMs,
            DroppedFeatures = { record.DroppedFeatures },
        };
    }

    // The one call that was made and served is in the record itself.
    private static IEnumerable<ProviderCall> Calls(ExecutionRecord record) => record.Tries.Count > 0 || record.Attempts == 0
        ? record.Tries.Select(Call)
        :
        [
            new()
            {
                Model = record.ServedModel,
                Deployment = record.UpstreamModel,
                Provider = record.Provider,
                Region = record.ProcessingRegion,
                Sent = true,
                Code = record.UpstreamStatus == Ok ? "" : record.Code,
                UpstreamStatus = record.UpstreamStatus,
                DurationMs = record.TimeToFirstTokenMs,
            },
        ];

    private static ProviderCall Call(ProviderAttempt attempt) => new()
    {
        Model = attempt.Model,
        Deployment = attempt.UpstreamModel,
        Provider = attempt.Provider,
        Region = attempt.ProcessingRegion,
        Sent = attempt.Sent,
        Code = attempt.Code,
        UpstreamStatus = attempt.UpstreamStatus,
        StartedMs = attempt.StartedMs,
        DurationMs = attempt.DurationMs,
    };
}
