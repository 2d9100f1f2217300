using Asc.Cli.Output;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal sealed record NodeShape(
    string Name, string Region, string State, ulong Version, string? Digest, string? ManifestDigest, ulong Desired, string? Reason, string? LastSeenAt,
    double LagSeconds, ulong SpoolDepth, string Build, ulong AccessSequence, ulong DesiredAccessSequence, ulong AccessEpoch, ulong DesiredEpoch, ulong Epoch)
{
    public static NodeShape Of(Node node) => new(
        node.Name, node.Region, node.State, node.Version, Some(node.Digest), Some(node.ManifestDigest), node.Desired, Some(node.Reason),
        Instant.Text(node.LastSeenAt), Math.Round(node.LagSeconds, 3), node.SpoolDepth, node.Build, node.AccessSequence, node.DesiredAccessSequence, node.AccessEpoch, node.DesiredEpoch, node.Epoch);

    private static string? Some(string text) => text.Length > 0 ? text : null;
}
