using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Asc.ControlPlane.Policies;

/// <summary>What a record keeps of one side of a change to the draft.</summary>
internal static class DraftChange
{
    /// <summary>Those resources of <paramref name="side"/> that <paramref name="other"/> doesn't hold just so.</summary>
    public static object Of(PolicyContent side, PolicyContent other)
    {
        var same = other.Resources.Select(resource => Convert.ToHexString(resource.Sha256)).ToHashSet();
        return new
        {
            digest = Digests.Text(side.Digest),
            resources = side.Resources
                .Where(resource => !same.Contains(Convert.ToHexString(resource.Sha256)))
                .Select(resource => JsonNode.Parse(JsonFormatter.Default.Format(resource.Resource))),
        };
    }
}
