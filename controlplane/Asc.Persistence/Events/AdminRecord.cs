namespace Asc.Persistence.Events;

/// <summary>Who did what, and why.</summary>
public sealed class AdminRecord
{
    /// <summary>Where it stands in the timeline.</summary>
    public required long Position { get; init; }

    /// <summary>UUIDv7.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>policy | key | node | breaker | admin | residency.</summary>
    public required string Type { get; init; }

    /// <summary>The admin token's name, or the node's.</summary>
    public required string Actor { get; init; }

    /// <summary>The token's id; names may be used again after a revocation.</summary>
    public string ActorId { get; init; } = "";

    public required string Action { get; init; }

    public required string Subject { get; init; }

    public string Tenant { get; init; } = "";

    public string KeyId { get; init; } = "";

    public string Node { get; init; } = "";

    /// <summary>The provider that it is about.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The request that it is about: its record's id.</summary>
    public string RequestId { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>JSON; empty: there was nothing.</summary>
    public string Before { get; init; } = "";

    /// <summary>JSON; empty: nothing is left.</summary>
    public string After { get; init; } = "";

    public required long PolicyVersion { get; init; }
}
