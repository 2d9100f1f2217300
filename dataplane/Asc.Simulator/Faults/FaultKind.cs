namespace Asc.Simulator.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>An error status with the protocol's error body.</summary>
    Status,

    /// <summary>A late but otherwise normal answer.</summary>
    Delay,

    /// <summary>The TCP connection is dropped in the middle of the answer.</summary>
    Cut,

    /// <summary>The answer stops, and the connection is held until the client leaves.</summary>
    Stall,

    /// <summary>The answer contains something that is not JSON, and ends there.</summary>
    Malformed,

    /// <summary>The answer never reports usage.</summary>
    NoUsage,

    /// <summary>A stream tells of an error after it has begun, and ends there; anything else is answered by the error's status.</summary>
    Error,
}
