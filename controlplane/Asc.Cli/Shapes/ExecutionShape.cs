using Asc.Cli.Output;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

/// <summary>What came of a recorded request.</summary>
internal sealed record ExecutionShape(
    string RequestId, string? At, string Node, string Outcome, string? Code, uint Status, IReadOnlyList<CallShape> Calls, UsageShape Usage, double? TtftMs, double DurationMs,
    IReadOnlyList<string> Dropped)
{
    public static ExecutionShape Of(Execution execution) => new(
        execution.RequestId, Instant.Text(execution.StartedAt), execution.Node, execution.Outcome, execution.Code.Length > 0 ? execution.Code : null, execution.Status,
        [.. execution.Calls.Select(CallShape.Of)],
        UsageShape.Of(execution.InputTokens, execution.CachedReadTokens, execution.CacheWriteTokens, execution.OutputTokens, execution.Estimated, execution.UsageParts),
        execution.TimeToFirstTokenMs > 0 ? Math.Round(execution.TimeToFirstTokenMs, 3) : null, Math.Round(execution.DurationMs, 3),
        [.. execution.DroppedFeatures]);
}

/// <summary><c>startedMs</c> is null where no call could be made, <c>code</c> where it served, <c>upstreamStatus</c> where nothing was answered.</summary>
internal sealed record CallShape(
    string Model, string Deployment, string Provider, string Region, bool Sent, string? Code, uint? UpstreamStatus, double? StartedMs, double? DurationMs)
{
    public static CallShape Of(ProviderCall call) => new(
        call.Model, call.Deployment, call.Provider, call.Region, call.Sent, call.Code.Length > 0 ? call.Code : null, call.UpstreamStatus > 0 ? call.UpstreamStatus : null,
        call.StartedMs > 0 ? Math.Round(call.StartedMs, 3) : null, call.DurationMs > 0 ? Math.Round(call.DurationMs, 3) : null);
}
