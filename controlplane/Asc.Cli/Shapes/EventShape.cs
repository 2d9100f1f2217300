using Asc.Cli.Output;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

/// <summary>One line of the one timeline. A request's fields are null in other events, and the other way round.</summary>
internal sealed record EventShape(
    string Id, string Type, string? At, string? Tenant, string? KeyId, string? RequestId, string? Node, string? Region, ulong? PolicyVersion,
    string? Outcome, string? Code, uint? Status, ModelShape? Model, string? Provider, string? ProcessingRegion, string? ReportedRegion, CredentialShape? Credential, UsageShape? Usage,
    double? TtftMs, double? DurationMs, uint? Attempts, bool? Stream, SortedDictionary<string, string>? Tags, string? Workload,
    IReadOnlyList<string>? DataClasses, IReadOnlyList<ObservedShape>? Observed, IReadOnlyList<string>? Dropped, SequenceShape? Seq, string? Endpoint, string? TraceId, string? Rule,
    string? Actor, string? Action, string? Subject, string? Reason, string? Before, string? After)
{
    public static EventShape Of(Event e)
    {
        var (request, admin) = (e.Request, e.Admin);
        return new(
            e.Id, e.Type, Instant.Text(e.At), Some(e.Tenant), Some(e.KeyId), Some(request?.RequestId) ?? Some(admin?.RequestId), Some(request?.Node) ?? Some(admin?.Node), Some(request?.Region),
            (request?.PolicyVersion ?? admin?.PolicyVersion) is > 0 and var version ? version : null,
            Some(e.Outcome), Some(e.Code), request?.Status, request is null ? null : new(Some(request.RequestedModel), Some(request.ServedModel)),
            Some(request?.Provider) ?? Some(admin?.Provider), Some(request?.ProcessingRegion), Some(request?.ReportedRegion),
            request is { CredentialName.Length: > 0 } ? new(request.CredentialName, request.CredentialFingerprint) : null,
            request is null ? null : UsageShape.Of(request.InputTokens, request.CachedReadTokens, request.CacheWriteTokens, request.OutputTokens, request.Estimated, request.UsageParts),
            request is { TimeToFirstTokenMs: > 0 } ? Math.Round(request.TimeToFirstTokenMs, 3) : null,
            request is null ? null : Math.Round(request.DurationMs, 3), request?.Attempts, request?.Stream,
            request is null ? null : new(request.Tags, StringComparer.Ordinal), Some(request?.Workload), request is null ? null : [.. request.DataClasses],
            request is null ? null : [.. request.Observed.Select(denial => new ObservedShape(denial.Rule, denial.Code, denial.Origin))],
            request is null ? null : [.. request.DroppedFeatures],
            request is null ? null : new(request.Node, request.Epoch, request.Sequence), Some(request?.Endpoint), Some(request?.TraceId), Some(request?.Rule),
            Some(admin?.Actor), Some(admin?.Action), Some(admin?.Subject), Some(admin?.Reason), Some(admin?.Before), Some(admin?.After));
    }

    private static string? Some(string? text) => text is { Length: > 0 } ? text : null;
}

internal sealed record ObservedShape(string Rule, string Code, string Origin);

internal sealed record ModelShape(string? Requested, string? Served);

internal sealed record CredentialShape(string Name, string Fingerprint);

/// <summary>Reasoning and <c>audioOutput</c> are part of the output, <c>longCacheWrite</c> of the cache writes, audio and images of all that was read.</summary>
internal sealed record UsageShape(
    ulong Input, ulong CachedRead, ulong CacheWrite, ulong Output, bool Estimated, ulong Reasoning, ulong LongCacheWrite, ulong AudioInput, ulong ImageInput, ulong AudioOutput)
{
    public static UsageShape Of(ulong input, ulong cachedRead, ulong cacheWrite, ulong output, bool estimated, UsageParts? parts) => new(
        input, cachedRead, cacheWrite, output, estimated,
        parts?.Reasoning ?? 0, parts?.LongCacheWrite ?? 0, parts?.AudioInput ?? 0, parts?.ImageInput ?? 0, parts?.AudioOutput ?? 0);
}

internal sealed record SequenceShape(string Node, ulong Epoch, ulong N);
