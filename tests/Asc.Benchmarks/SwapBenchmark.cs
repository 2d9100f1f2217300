using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Signing;
using Asc.DataPlane;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Rates;
using Asc.Simulator;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.Benchmarks;

/// <summary>A node at 200 requests a second that is given the large policy anew, again and again: how long it takes, and how long any request waits meanwhile.</summary>
internal static class SwapBenchmark
{
    private const int PerSecond = 200;
    private const int Swaps = 5;

    public static async Task<int> RunAsync()
    {
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { FirstTokenDelay = TimeSpan.Zero, Models = ["*"], RecordedRequests = 0 });
        var publisher = new Publisher(simulator.OpenAiBaseUrl("eu").ToString());
        var options = new DataPlaneOptions
        {
            Name = "bench", Region = "eu", ListenAddress = "127.0.0.1", Port = 0, AdminPort = 0, ControlPlane = new("http://127.0.0.1:9"), NodeToken = "none",
            DataDirectory = Directory.CreateTempSubdirectory("asc-bench-").FullName, ReconnectDelayMaximum = TimeSpan.FromMinutes(1),
        };
        options.TrustedKeys.Add(publisher.Signing.Verifier.ToString());
        await using var node = DataPlaneHost.Build(options, new Dictionary<string, string> { ["p-eu"] = "provider-secret" }, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IShareSource, WholeShares>();
        });
        var installer = node.Services.GetRequiredService<SnapshotInstaller>();
        var key = Publisher.GiveKeys(node.Services.GetRequiredService<AccessList>());
        await installer.InstallAsync(publisher.Publish(1), publisher, default);
        await node.StartAsync();
        using var client = new HttpClient { BaseAddress = new(node.Urls.First()) };
        using var stopping = new CancellationTokenSource();
        var latencies = new ConcurrentQueue<double>();
        var load = LoadAsync(client, key, latencies, stopping.Token);
        await Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None);
        latencies.Clear();
        await Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None);
        var quiet = latencies.Order().ToArray();
        latencies.Clear();
        var times = new List<double>();
        var pausedBefore = GC.GetTotalPauseDuration();
        for (ulong version = 2; version < 2 + Swaps; version++)
        {
            var manifest = publisher.Publish(version);
            var began = Stopwatch.GetTimestamp();
            await installer.InstallAsync(manifest, publisher, default);
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        }

        var paused = GC.GetTotalPauseDuration() - pausedBefore;
        await stopping.CancelAsync();
        await load;
        var during = latencies.Order().ToArray();
        Console.WriteLine($"verify, validate, compile and swap {LargePolicy.Tenants} tenants under {LargePolicy.Keys} keys, s: {string.Join(", ", times.Select(time => $"{time:0.00}"))}");
        Console.WriteLine($"requests at {PerSecond}/s, ms: quiet p50 {quiet[quiet.Length / 2]:0.0} p99 {quiet[quiet.Length * 99 / 100]:0.0} max {quiet[^1]:0.0}; during {Swaps} swaps p50 {during[during.Length / 2]:0.0} p99 {during[during.Length * 99 / 100]:0.0} max {during[^1]:0.0}; stopped by the collector for {paused.TotalMilliseconds / Swaps:0} ms a swap");
        return 0;
    }

    private static async Task LoadAsync(HttpClient client, string key, ConcurrentQueue<double> latencies, CancellationToken stopping)
    {
        var running = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var due = Stopwatch.GetTimestamp();
        while (!stopping.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            for (; due <= Stopwatch.GetTimestamp(); due += Stopwatch.Frequency / PerSecond)
            {
                running.Add(AskAsync(client, key, due, latencies));
            }
        }

        await Task.WhenAll(running);
    }

    /// <summary>Counts from when the request was due, as nothing is sent either while the collector stops the process.</summary>
    private static async Task AskAsync(HttpClient client, string key, long due, ConcurrentQueue<double> latencies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        request.Content = new StringContent("{\"model\":\"route-7\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        latencies.Enqueue(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
    }

    /// <summary>Stands in for the control plane: what is published, and what nodes fetch of it.</summary>
    private sealed class Publisher(string upstream) : IResourceSource
    {
        private readonly Dictionary<ByteString, ByteString> contents = [];

        public SigningKey Signing { get; } = SigningKey.Generate("bench");

        public static string GiveKeys(AccessList access)
        {
            var (batch, _, grant) = LargePolicy.Access();
            var secret = BearerSecret.Issue(SecretKind.ApiKey);
            batch.Entries.Add(new AccessEntry { Sequence = batch.Through + 1, Key = new() { KeyId = secret.Id, TenantId = LargePolicy.TenantId(LargePolicy.Paths[^1]), SecretSha256 = ByteString.CopyFrom(secret.Sha256()), GrantSha256 = batch.Entries[0].Key.GrantSha256 } });
            batch.Through++;
            access.Apply(batch);
            access.AddGrant(batch.Entries[0].Key.GrantSha256, new LoadedGrant(grant));
            return secret.Reveal();
        }

        public SignedManifest Publish(ulong version)
        {
            var manifest = new Manifest { Epoch = 1, Version = version, ParentVersion = version - 1, Region = "eu", Author = "bench", PublishedAt = new Timestamp() };
            foreach (var resource in LargePolicy.Resources())
            {
                if (resource.Provider is { } provider)
                {
                    (provider.BaseUrl, provider.Network) = (upstream, Network.Private);
                }

                // Something of every version is new.
                if (resource.Metadata.Name == "model-199")
                {
                    resource.Model.ContextWindow += (uint)version;
                }

                var content = resource.ToByteString();
                var sha256 = ByteString.CopyFrom(SHA256.HashData(content.Span));
                contents[sha256] = content;
                manifest.Resources.Add(new ResourceReference { Kind = resource.Kind(), Name = resource.Identity(), Sha256 = sha256, TenantId = resource.Kind() == "Tenant" ? LargePolicy.TenantId(resource.Identity()) : "" });
            }

            var bytes = manifest.ToByteString();
            return new() { Manifest = bytes, Signature = Signing.Sign(SignaturePurpose.Manifest, bytes.Span) };
        }

        public async IAsyncEnumerable<ResourceContent> FetchAsync(IReadOnlyCollection<ByteString> sha256, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            foreach (var digest in sha256.Where(contents.ContainsKey))
            {
                yield return new() { Sha256 = digest, Content = contents[digest] };
            }
        }
    }
}
