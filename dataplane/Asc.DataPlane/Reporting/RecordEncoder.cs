using System.Buffers;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Secrets;
using Asc.DataPlane.Wire;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;
using Google.Protobuf;

namespace Asc.DataPlane.Reporting;

/// <summary>
/// Encodes execution records as they travel. What stays the same from one request to the next of a key and a model is encoded once: a
/// message's parts, one after the other, read as one merged message (Protocol Buffers, encoding: "last one wins"). For one thread.
/// </summary>
internal sealed class RecordEncoder(NodeIdentity node)
{
    private const int RememberedMaximum = 4096;
    private readonly Dictionary<Subject, byte[]> remembered = [];
    private readonly ExecutionRecord own = new() { StartedAt = new(), Usage = new(), Inputs = new() };
    private EnforcedPolicy? policy;
    private AccessSwitches? switches;

    /// <summary>Appends the record to a batch's encoding.</summary>
    public void Write(CompletedExchange exchange, ulong sequence, IBufferWriter<byte> batch)
    {
        var subject = SubjectOf(exchange);
        SetOwn(exchange, sequence);
        var length = own.CalculateSize();
        var room = batch.GetSpan(subject.Length + length + 16);
        var used = WriteFraming(room, subject.Length + length);
        subject.CopyTo(room[used..]);
        own.WriteTo(room.Slice(used + subject.Length, length));
        batch.Advance(used + subject.Length + length);
    }

    private static int WriteFraming(Span<byte> room, int length)
    {
        room[0] = (byte)WireFormat.MakeTag(RecordBatch.RecordsFieldNumber, WireFormat.WireType.LengthDelimited);
        var used = 1;
        for (var rest = (uint)length; ; rest >>= 7)
        {
            room[used++] = (byte)(rest < 0x80 ? rest : rest | 0x80);
            if (rest < 0x80)
            {
                return used;
            }
        }
    }

    private byte[] SubjectOf(CompletedExchange exchange)
    {
        // Callers' own words (a path that nobody serves, a name that nobody defined) are not worth remembering, nor what was refused.
        if (exchange.Refusal is not null || exchange.Name is null || exchange.RequestedModel != exchange.Name.Name || exchange.Key is null
            || !ApiEndpoint.IsName(exchange.Endpoint) || exchange.Attribution is { UnknownWorkload: not null } or { UnknownDataClass: not null })
        {
            return Subjects.Of(exchange, node).ToByteArray();
        }

        if (!ReferenceEquals(exchange.Policy, policy) || !ReferenceEquals(exchange.Switches, switches) || remembered.Count >= RememberedMaximum)
        {
            remembered.Clear();
            (policy, switches) = (exchange.Policy, exchange.Switches);
        }

        var key = new Subject(exchange.Endpoint, exchange.Key, exchange.KeyModels, exchange.Tenant, exchange.Name, exchange.Candidate, exchange.Credential,
            exchange.Attribution?.Key, exchange.Attribution?.Workload, exchange.Attribution?.DataClasses);
        if (!remembered.TryGetValue(key, out var known))
        {
            known = Subjects.Of(exchange, node).ToByteArray();
            remembered.Add(key, known);
        }

        return known;
    }

    private void SetOwn(CompletedExchange exchange, ulong sequence)
    {
        own.Sequence = sequence;
        own.Id = exchange.RequestId;
        var ticks = exchange.StartedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        (own.StartedAt.Seconds, own.StartedAt.Nanos) = (ticks / TimeSpan.TicksPerSecond, (int)(ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
        var usage = exchange.Usage;
        (own.Usage.Input, own.Usage.CachedRead, own.Usage.CacheWrite) = ((ulong)usage.Input, (ulong)usage.CachedRead, (ulong)usage.CacheWrite);
        (own.Usage.Output, own.Usage.Reasoning, own.Usage.Estimated) = ((ulong)usage.Output, (ulong)usage.Reasoning, usage.Estimated);
        (own.Usage.LongCacheWrite, own.Usage.AudioInput, own.Usage.ImageInput, own.Usage.AudioOutput) = ((ulong)usage.LongCacheWrite, (ulong)usage.AudioInput, (ulong)usage.ImageInput, (ulong)usage.AudioOutput);
        own.TimeToFirstTokenMs = exchange.TimeToFirstToken.TotalMilliseconds;
        own.DurationMs = exchange.Duration.TotalMilliseconds;
        own.Attempts = (uint)exchange.Attempts;
        own.Stream = exchange.Stream;
        own.Outcome = exchange.Outcome;
        own.Code = exchange.Code.WireName();
        own.Rule = exchange.Rule.WireName();
        own.Status = (uint)exchange.Status;
        own.UpstreamStatus = (uint)exchange.UpstreamStatus;
        own.TraceId = exchange.TraceId ?? "";
        Attributions.WriteTags(own, exchange.Attribution?.Tags);
        SetInputs(own.Inputs, exchange.Shape, exchange.Routing);
        SetObserved(exchange);
        own.Tries.Clear();
        own.Tries.AddRange(exchange.Tries?.Select(Try) ?? []);
        own.DroppedFeatures.Clear();
        own.DroppedFeatures.AddRange(exchange.Dropped);
        own.ReportedRegion = exchange.ReportedRegion ?? "";
        own.RegionMismatches.Clear();
        own.RegionMismatches.AddRange(exchange.MisplacedCalls?.Select(Mismatch) ?? []);
    }

    // What differs from request to request; merged with what the subject says.
    private static void SetInputs(DecisionInputs inputs, in RequestShape shape, in RoutingInputs routing)
    {
        (inputs.UnhealthyCandidates, inputs.RestingCandidates, inputs.LimitedCandidates) = (routing.Unhealthy, routing.Resting, routing.Limited);
        (inputs.Draw, inputs.Sticky) = (routing.Draw, routing.IsSticky);
        (inputs.Uses, inputs.PromptTokens, inputs.MaxOutputTokens) = ((uint)shape.Uses, (ulong)shape.PromptTokens, (ulong)shape.MaxOutputTokens);
        inputs.Features = (ulong)shape.Features;
        inputs.Latencies.Clear();
        inputs.Latencies.AddRange(routing.Latencies ?? []);
    }

    private void SetObserved(CompletedExchange exchange)
    {
        own.Observed.Clear();
        own.Inputs.ObservedLimit = exchange.ObservedRefusal is { } refusal ? Subjects.Limit(refusal) : null;
        foreach (var denial in exchange.Observed)
        {
            own.Observed.Add(new ObservedDenial { Rule = denial.Rule.WireName(), Code = denial.Code.WireName(), Origin = denial.Origin?.Path ?? "" });
        }
    }

    private static ProviderAttempt Try(AttemptTrace trace) => new()
    {
        Model = trace.Candidate.Model.Name,
        Provider = trace.Candidate.Provider.Name,
        UpstreamModel = trace.Candidate.UpstreamModel,
        ProcessingRegion = trace.Candidate.Region,
        CredentialName = trace.Credential ?? "",
        Sent = trace.HasSent,
        Code = trace.Code,
        UpstreamStatus = (uint)trace.Status,
        StartedMs = trace.Started?.TotalMilliseconds ?? 0,
        DurationMs = trace.Duration.TotalMilliseconds,
        UnansweredInput = (ulong)trace.UnansweredInput,
    };

    private static RegionMismatch Mismatch(MisplacedCall call) => new()
    {
        Provider = call.Candidate.Provider.Name,
        UpstreamModel = call.Candidate.UpstreamModel,
        Declared = call.Candidate.Region,
        Reported = call.Reported,
    };

    private readonly record struct Subject(
        string Endpoint, AccessKey Key, NamePattern[]? KeyModels, CompiledTenant? Tenant, CompiledName Name, CompiledCandidate? Candidate, ProviderCredential? Credential,
        CompiledKeyAttribution? Attribution, CompiledWorkload? Workload, ulong? DataClasses);
}
