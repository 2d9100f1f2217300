using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy.V1;
using Google.Protobuf;

namespace Asc.Benchmarks;

/// <summary>A group of 10,000 tenants on five levels with 100,000 keys, 200 models in four regions and 20 routes: what the speed of decisions is measured with.</summary>
internal static class LargePolicy
{
    public const int Tenants = 10_000;
    public const int Keys = 100_000;
    private const int Models = 200;
    private static readonly string[] Regions = ["eu", "us", "uk", "jp"];

    public static string TenantId(string path) => "t_" + path.Replace('/', '-');

    /// <summary>Paths, parents first: acme, and ten below each as far as they go.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. MakePaths()];

    public static IReadOnlyList<Resource> Resources() =>
    [
        .. Regions.Select(region => new Resource
        {
            Metadata = new() { Name = $"p-{region}" },
            Provider = new() { Protocol = Protocol.Openai, BaseUrl = $"https://{region}.example/v1", Credential = new() { Secret = $"p-{region}" }, Region = region, Attestations = { "hipaa-baa" } },
        }),
        .. Enumerable.Range(0, Models).Select(i =>
        {
            var model = new Resource { Metadata = new() { Name = $"model-{i}" }, Model = new() { ContextWindow = 128_000, Limits = new() { TokensPerMinute = 1_000_000_000 } } };
            model.Model.Deployments.AddRange(Regions.Select(region => new Deployment { Provider = $"p-{region}", UpstreamModel = $"up-{i}" }));
            return model;
        }),
        .. Enumerable.Range(0, 20).Select(i => new Resource
        {
            Metadata = new() { Name = $"route-{i}" },
            Route = new()
            {
                Strategy = Strategy.Weighted,
                Targets = { new RouteTarget { Model = $"model-{i}", Weight = 3 }, new RouteTarget { Model = $"model-{i + 20}" }, new RouteTarget { Model = $"model-{i + 40}", When = new() { Workload = { "batch" } } } },
            },
        }),
        .. Paths.Select(Tenant),
    ];

    /// <summary>Ten keys a tenant, bound to a tag each.</summary>
    public static (AccessBatch Batch, string[] KeyIds, KeyGrant Grant) Access()
    {
        var grant = new KeyGrant { Models = { "route-*", "model-1*" }, Tags = { ["bu"] = "oncology" } };
        var digest = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(grant.ToByteArray()));
        var batch = new AccessBatch { Epoch = 1, After = 0, Through = Keys };
        var ids = new string[Keys];
        for (var i = 0; i < Keys; i++)
        {
            var secret = BearerSecret.Issue(SecretKind.ApiKey);
            ids[i] = secret.Id[2..];
            batch.Entries.Add(new AccessEntry
            {
                Sequence = (ulong)i + 1,
                Key = new() { KeyId = secret.Id, TenantId = TenantId(Paths[i % Tenants]), SecretSha256 = ByteString.CopyFrom(secret.Sha256()), GrantSha256 = digest },
            });
        }

        return (batch, ids, grant);
    }

    private static IEnumerable<string> MakePaths()
    {
        var level = new List<string> { "acme" };
        var count = 0;
        while (true)
        {
            var next = new List<string>();
            foreach (var path in level)
            {
                yield return path;
                if (++count == Tenants)
                {
                    yield break;
                }

                next.AddRange(Enumerable.Range(0, 10).Select(i => $"{path}/u{i}"));
            }

            level = next;
        }
    }

    private static Resource Tenant(string path)
    {
        var depth = path.Count(character => character == '/');
        var tenant = new Resource { Metadata = new() { Path = path }, Tenant = new() { Limits = new() { RequestsPerMinute = 1_000_000, PerKey = new() { RequestsPerMinute = 100_000 } } } };
        if (depth == 0)
        {
            (tenant.Tenant.Models, tenant.Tenant.Residency) = (new() { Allow = new() { Values = { "*" } } }, new() { Allow = new() { Values = { Regions } } });
            tenant.Tenant.Tags = new() { Require = { "bu" }, Default = { ["env"] = "prod" } };
            tenant.Tenant.DataClasses = new() { Rules = { ["phi"] = new() { RequireAttestations = { "hipaa-baa" } } } };
        }
        else
        {
            // Each level narrows: a model less, and at the last the regions.
            tenant.Tenant.Models = new() { Allow = new() { Values = { "route-*", "model-*" } }, Deny = { $"model-{150 + depth}" } };
            tenant.Tenant.Residency = depth == 4 ? new() { Allow = new() { Values = { "eu", "us" } } } : null;
            tenant.Tenant.DataClasses = depth == 3 ? new() { Floor = { "phi" } } : null;
        }

        return tenant;
    }
}
