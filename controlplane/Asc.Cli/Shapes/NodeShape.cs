using Asc.Cli.Output;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal sealed record NodeShape(
    string Name, string Region, string State, ulong Version, string? Digest, string? ManifestDigest, ulong Desired, string? Reason, string? LastSeenAt,
    double LagSeconds, ulong SpoolDepth, string Build, ulong AccessSequence, ulong DesiredAccessSequence, ulong AccessEpoch, ulong DesiredEpoch, ulong Epoch,
    NodeDeploymentShape[] Deployments)
{
    public static NodeShape Of(Node node) => new(
        node.Name, node.Region, node.State, node.Version, Some(node.Digest), Some(node.ManifestDigest), node.Desired, Some(node.Reason),
        Instant.Text(node.LastSeenAt), Math.Round(node.LagSeconds, 3), node.SpoolDepth, node.Build, node.AccessSequence, node.DesiredAccessSequence, node.AccessEpoch, node.DesiredEpoch, node.Epoch,
        [.. node.Deployments.Select(NodeDeploymentShape.Of)]);

    private static string? Some(string text) => text.Length > 0 ? text : null;
}

internal sealed record NodeDeploymentShape(
    string Provider, string UpstreamModel, string Region, string Circuit, bool Resting, uint InFlight, ulong Calls, ulong Failures, double? FirstTokenMs, double? AnswerMs)
{
    public static NodeDeploymentShape Of(NodeDeployment deployment) => new(
        deployment.Provider, deployment.UpstreamModel, deployment.Region, deployment.Circuit, deployment.Resting, deployment.InFlight, deployment.Calls, deployment.Failures,
        Known(deployment.FirstTokenMs), Known(deployment.AnswerMs));

    private static double? Known(double milliseconds) => milliseconds > 0 ? Math.Round(milliseconds, 1) : null;
}
