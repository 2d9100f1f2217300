using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane;

/// <summary>Who this node is.</summary>
/// <param name="Name">Unique among the nodes.</param>
/// <param name="Region">Where it processes.</param>
/// <param name="Boot">The epoch of its records: grows at each start, milliseconds since 1970.</param>
internal sealed record NodeIdentity(string Name, string Region, ulong Boot)
{
    public StringValues NameHeader { get; } = new(Name);

    public string Build { get; } = typeof(NodeIdentity).Assembly.GetName().Version?.ToString(3) ?? "0";
}
