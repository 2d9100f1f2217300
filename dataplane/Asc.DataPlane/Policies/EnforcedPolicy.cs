using System.Collections.Frozen;
using Asc.Contracts.Distribution.V1;
using Asc.Policy.Compilation;
using Google.Protobuf;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Policies;

/// <summary>One policy version as this node enforces it: immutable, read once by each request.</summary>
internal sealed class EnforcedPolicy
{
    public EnforcedPolicy(Snapshot snapshot, CompiledPolicy compiled, string nodeRegion)
    {
        Snapshot = snapshot;
        Compiled = compiled;
        NodeRegion = compiled.Regions.BitOf(nodeRegion);
        Elsewhere = snapshot.Manifest.Elsewhere.ToFrozenDictionary(
            tenant => tenant.TenantId, tenant => tenant.Regions.ToArray(), StringComparer.Ordinal);
        VersionHeader = new StringValues(Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public Snapshot Snapshot { get; }

    public CompiledPolicy Compiled { get; }

    public ulong Version => Snapshot.Manifest.Version;

    /// <summary>Of two policies the later one has the larger: an epoch's versions count up.</summary>
    public (ulong Epoch, ulong Version) Order => (Snapshot.Manifest.Epoch, Version);

    /// <summary>The node's own region in the policy's table.</summary>
    public ulong NodeRegion { get; }

    /// <summary>Tenants that this region may not serve: where they may be served, by tenant id.</summary>
    public FrozenDictionary<string, string[]> Elsewhere { get; }

    public StringValues VersionHeader { get; }
}

/// <summary>A manifest, verified, and the resources that it lists, each checked against its digest.</summary>
internal sealed record Snapshot(SignedManifest Signed, Manifest Manifest, ByteString ManifestSha256, IReadOnlyDictionary<ByteString, ByteString> Contents);
