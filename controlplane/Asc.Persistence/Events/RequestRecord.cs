namespace Asc.Persistence.Events;

/// <summary>One request, as its node reported it.</summary>
public sealed class RequestRecord
{
    /// <summary>Where it stands in the timeline.</summary>
    public required long Position { get; init; }

    public required string Node { get; init; }

    public required long Epoch { get; init; }

    public required long Sequence { get; init; }

    /// <summary>UUIDv7; the client's request id.</summary>
    public required string RecordId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Empty where no key was verified.</summary>
    public required string Tenant { get; init; }

    public required string KeyId { get; init; }

    public required string RequestedModel { get; init; }

    public required string ServedModel { get; init; }

    public required string Provider { get; init; }

    /// <summary>ok | denied | failed | aborted.</summary>
    public required string Outcome { get; init; }

    public required string Code { get; init; }

    /// <summary>The policy rule that denied it; empty where none did.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The rules that would have denied it and are only observed, comma-separated; empty where none would.</summary>
    public string ObservedRule { get; init; } = "";

    public required long PolicyVersion { get; init; }

    /// <summary>The serialized asc.telemetry.v1.ExecutionRecord, as received.</summary>
    public required byte[] Record { get; init; }
}
