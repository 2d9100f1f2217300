using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;
using Asc.Persistence.Policies;
using Asc.Policy.Compilation;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Policies;

/// <summary>Makes a version's manifests: what a region may know of it, signed.</summary>
internal sealed class ManifestWriter(SigningKey signingKey)
{
    /// <summary>The list of all resources, for the version's own row.</summary>
    public static byte[] Index(PolicyContent content)
    {
        var index = new Manifest();
        index.Resources.AddRange(content.Resources.Select(resource => Reference(resource, content)));
        return CanonicalResource.Serialize(index);
    }

    /// <summary>A region gets every provider, model and route, of tenants only those that it may serve, and of the others who they are not.</summary>
    public RegionManifest Write(PolicyVersion version, PolicyContent content, CompiledPolicy compiled, string region)
    {
        var manifest = new Manifest
        {
            Epoch = (ulong)version.Epoch,
            Version = (ulong)version.Version,
            ParentVersion = (ulong)version.Parent,
            Region = region,
            PolicyDigest = ByteString.CopyFrom(version.Digest),
            PublishedAt = Timestamp.FromDateTimeOffset(version.PublishedAt),
            Author = version.Author,
            Reason = version.Message,
        };
        var tenants = compiled.Tenants.OrderBy(tenant => tenant.Path, StringComparer.Ordinal).ToLookup(tenant => compiled.RegionsOf(tenant).Contains(region));
        var served = tenants[true].Select(tenant => tenant.Path).ToHashSet(StringComparer.Ordinal);
        manifest.Resources.AddRange(content.Resources
            .Where(resource => resource.Resource.Tenant is null || served.Contains(resource.Name))
            .Select(resource => Reference(resource, content)));
        manifest.Elsewhere.AddRange(tenants[false]
            .Select(tenant => new TenantElsewhere { TenantId = tenant.Id, Regions = { compiled.RegionsOf(tenant) } })
            .OrderBy(tenant => tenant.TenantId, StringComparer.Ordinal));
        manifest.GoldenDecisions.AddRange(GoldenDecisions.Of(compiled, [.. tenants[true]], region));

        var bytes = CanonicalResource.Serialize(manifest);
        var signature = signingKey.Sign(SignaturePurpose.Manifest, bytes);
        return new RegionManifest
        {
            Version = version.Version,
            Region = region,
            Manifest = bytes,
            KeyId = signature.KeyId,
            Signature = signature.Value.ToByteArray(),
        };
    }

    private static ResourceReference Reference(CanonicalResource resource, PolicyContent content) => new()
    {
        Kind = resource.Kind,
        Name = resource.Name,
        Sha256 = ByteString.CopyFrom(resource.Sha256),
        TenantId = resource.Resource.Tenant is null ? "" : content.TenantIdOf(resource.Name),
    };
}
