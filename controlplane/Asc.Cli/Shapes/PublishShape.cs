using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal sealed record PublishShape(ulong Version, string Digest, IReadOnlyList<RolloutShape> Nodes)
{
    public static PublishShape Of(ulong version, string digest, IEnumerable<Node> nodes) =>
        new(version, digest, [.. nodes.Select(node => RolloutShape.Of(node, version))]);
}

/// <summary>Where a node stands on its way to one version.</summary>
internal sealed record RolloutShape(string Name, string State, string? Reason)
{
    public static RolloutShape Of(Node node, ulong version) => new(
        node.Name,
        Enforces(node, version) ? "enforced" : node.State == "nacked" ? "nacked" : "pending",
        node.Reason.Length > 0 ? node.Reason : node.State == "away" ? "away" : null);

    /// <summary>Whether the node has come to <paramref name="version"/>; a number of before a restore says nothing.</summary>
    public static bool Enforces(Node node, ulong version) => node.Version >= version && !node.OtherHistory;
}
