using Asc.Contracts.Distribution.V1;

namespace Asc.DataPlane.Policies;

/// <summary>A snapshot that this node will not enforce, and why; the one in force stays.</summary>
internal sealed class NackException(NackReason reason, string message) : Exception(message)
{
    public NackReason Reason { get; } = reason;
}
