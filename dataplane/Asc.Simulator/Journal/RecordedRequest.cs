namespace Asc.Simulator.Journal;

/// <summary>What one request looked like on the wire and what became of it. A snapshot: ask again for news.</summary>
public sealed record RecordedRequest
{
    /// <summary>1 for the first request since start; never reused.</summary>
    public required long Number { get; init; }

    /// <summary>The region's path segment; empty if the path has none.</summary>
    public required string Region { get; init; }

    /// <summary>The protocol's path segment, e.g. <c>openai</c>; empty if the path has none.</summary>
    public required string Protocol { get; init; }

    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Path as sent, still escaped, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>Query as sent, with its question mark; empty if there is none.</summary>
    public required string Query { get; init; }

    /// <summary>Header values as received, by lower-case name; repeated headers are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body's bytes as received.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The answer's HTTP status; null while there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The whole answer was written.</summary>
    public bool Completed { get; init; }

    /// <summary>The client left before the whole answer was written.</summary>
    public bool ClientAborted { get; init; }

    /// <summary>The simulator has finished with it, in whatever way.</summary>
    public bool Ended { get; init; }

    /// <summary>What is billed; null for refused requests.</summary>
    public BilledUsage? Usage { get; init; }
}
