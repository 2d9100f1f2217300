using System.Security.Cryptography;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Signing;
using Asc.DataPlane.Policies;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Asc.DataPlane.Tests;

/// <summary>Stands in for the control plane where a test wants to send what no control plane would.</summary>
internal sealed class TestPublisher : IResourceSource
{
    private readonly Dictionary<ByteString, ByteString> contents = [];
    private ulong accessSequence;

    public SigningKey Key { get; } = SigningKey.Generate("test");

    /// <summary>Of the access batches that follow.</summary>
    public ulong AccessEpoch { get; private set; } = 1;

    /// <summary>Which digests were asked for.</summary>
    public List<ByteString> Fetched { get; } = [];

    /// <summary>What happens before anything is given out.</summary>
    public Func<IReadOnlyCollection<ByteString>, Task> Fetching { get; set; } = static _ => Task.CompletedTask;

    public static Resource Provider(string name, string region, string baseUrl = "http://127.0.0.1:9/v1") => new()
    {
        Metadata = new() { Name = name },
        Provider = new() { Protocol = Protocol.Openai, BaseUrl = baseUrl, Credential = new() { Secret = name }, Region = region, Network = Network.Private },
    };

    public static Resource Model(string name, params string[] providers)
    {
        var resource = new Resource { Metadata = new() { Name = name }, Model = new() };
        resource.Model.Deployments.AddRange(providers.Select(provider => new Deployment { Provider = provider, UpstreamModel = $"{name}-2025-08-07" }));
        return resource;
    }

    public static Resource Tenant(string path, string[] models, params string[] regions)
    {
        var resource = new Resource { Metadata = new() { Path = path }, Tenant = new() { Models = new() { Allow = new() }, Residency = new() { Allow = new() } } };
        resource.Tenant.Models.Allow.Values.AddRange(models);
        resource.Tenant.Residency.Allow.Values.AddRange(regions);
        return resource;
    }

    /// <summary>A tenant's id in all that this publisher says.</summary>
    public static string TenantId(string path) => "t_" + path.Replace('/', '-');

    /// <param name="change">What to do to the manifest before it is signed.</param>
    public SignedManifest Publish(ulong version, string region, IEnumerable<Resource> resources, Action<Manifest>? change = null)
    {
        var manifest = new Manifest { Epoch = 1, Version = version, ParentVersion = version - 1, Region = region, Author = "test", PublishedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch) };
        foreach (var resource in resources)
        {
            manifest.Resources.Add(new ResourceReference
            {
                Kind = resource.Kind(), Name = resource.Identity(), Sha256 = Hold(resource.ToByteString()), TenantId = resource.Kind() == "Tenant" ? TenantId(resource.Identity()) : "",
            });
        }

        change?.Invoke(manifest);
        return Sign(manifest.ToByteString());
    }

    public SignedManifest Sign(ByteString manifest) => new() { Manifest = manifest, Signature = Key.Sign(SignaturePurpose.Manifest, manifest.Span) };

    /// <summary>The next batch of the access sequence.</summary>
    public SignedAccessBatch Access(params AccessEntry[] entries)
    {
        var batch = new AccessBatch { Epoch = AccessEpoch, After = accessSequence };
        foreach (var entry in entries)
        {
            entry.Sequence = ++accessSequence;
            batch.Entries.Add(entry);
        }

        batch.Through = accessSequence;
        return Sign(batch);
    }

    /// <summary>What follows is of a newer epoch, whose sequence begins anew.</summary>
    public void BeginEpoch() => (AccessEpoch, accessSequence) = (AccessEpoch + 1, 0);

    public SignedAccessBatch Sign(AccessBatch batch)
    {
        var bytes = batch.ToByteString();
        return new() { Batch = bytes, Signature = Key.Sign(SignaturePurpose.Access, bytes.Span) };
    }

    public static AccessEntry KeyOf(BearerSecret secret, string tenant, Action<KeyState>? change = null)
    {
        var key = new KeyState { KeyId = secret.Id, TenantId = TenantId(tenant), SecretSha256 = ByteString.CopyFrom(secret.Sha256()) };
        change?.Invoke(key);
        return new() { Key = key };
    }

    /// <summary>Keeps <paramref name="content"/> to be fetched.</summary>
    public ByteString Hold(ByteString content)
    {
        var sha256 = ByteString.CopyFrom(SHA256.HashData(content.Span));
        contents[sha256] = content;
        return sha256;
    }

    /// <summary>Gives <paramref name="content"/> out under another's digest.</summary>
    public void Substitute(ByteString sha256, ByteString content) => contents[sha256] = content;

    public async IAsyncEnumerable<ResourceContent> FetchAsync(IReadOnlyCollection<ByteString> sha256, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Fetching(sha256);
        Fetched.AddRange(sha256);
        foreach (var digest in sha256.Where(contents.ContainsKey))
        {
            yield return new() { Sha256 = digest, Content = contents[digest] };
        }
    }
}
