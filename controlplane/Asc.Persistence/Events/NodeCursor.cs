namespace Asc.Persistence.Events;

/// <summary>How far a node's records have come, per boot.</summary>
public sealed class NodeCursor
{
    public required string Node { get; init; }

    public required long Epoch { get; init; }

    public required long LastSequence { get; set; }
}
