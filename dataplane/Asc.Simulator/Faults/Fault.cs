namespace Asc.Simulator.Faults;

/// <summary>An injected failure and the requests it applies to.</summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Where it goes wrong; everywhere unless said otherwise.</summary>
    public FaultMatch Match { get; init; } = FaultMatch.Any;

    /// <summary>The HTTP status of a <see cref="FaultKind.Status"/> or <see cref="FaultKind.Error"/> fault, 400 to 599; of the latter it says which error.</summary>
    public int Status { get; init; }

    /// <summary>Content chunks that a stream still sends before it breaks; with 0 only the headers are sent.</summary>
    public int AfterChunks { get; init; }

    /// <summary>Wait before anything is answered.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Response headers that are added, or that replace the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How many requests it applies to; null: all.</summary>
    public int? Count { get; init; }

    /// <summary>Whether it needs a status to say what is answered.</summary>
    internal bool HasStatus => Kind is FaultKind.Status or FaultKind.Error;

    /// <summary>Whether it stops an answer that has begun.</summary>
    internal bool BreaksAnswer => Kind is FaultKind.Cut or FaultKind.Stall or FaultKind.Malformed or FaultKind.Error;
}
