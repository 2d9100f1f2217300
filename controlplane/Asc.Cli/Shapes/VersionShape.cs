using System.Text.Json.Nodes;
using Asc.Cli.Output;
using Asc.PolicyFiles;

namespace Asc.Cli.Shapes;

internal sealed record VersionShape(
    ulong Version, ulong? Parent, string Author, string Message, string? PublishedAt, string Digest, ulong? RollbackOf)
{
    public static VersionShape Of(Contracts.Admin.V1.Version version) => new(
        version.Version_, version.Parent == 0 ? null : version.Parent, version.Author, version.Message, Instant.Text(version.PublishedAt), version.Digest,
        version.HasRollbackOf ? version.RollbackOf : null);
}

internal sealed record VersionContentShape(VersionShape Version, IReadOnlyList<JsonObject> Resources)
{
    public static VersionContentShape Of(Contracts.Admin.V1.GetVersionResponse response) =>
        new(VersionShape.Of(response.Version), [.. response.Resources.Select(ResourceWriter.ToJson)]);
}
