using System.Text;
using System.Text.RegularExpressions;
using Asc.Contracts.Credentials;
using Asc.Contracts.Policy.V1;
using Asc.Simulator;
using Asc.Simulator.Faults;
using Google.Protobuf.WellKnownTypes;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>
/// Random policies, requests and faults through nodes and providers in four regions: no call ever reaches a provider in a region that the caller's
/// tenant may not be processed in, by first choice, retry, fallback or hedge. Judged at the providers, by a computation of its own.
/// </summary>
[TestFixture]
internal sealed partial class ResidencyInvariantTests
{
    private const int RequestsPerPolicy = 250;
    private static readonly string[] Regions = ["eu", "us", "uk", "jp"];
    private const int Policies = 40;
    private readonly TestPublisher publisher = new();
    private readonly List<TestNode> nodes = [];
    private readonly List<HttpClient> clients = [];
    private readonly Dictionary<string, BearerSecret> keys = [];
    private readonly Dictionary<string, string> secrets = [];
    private readonly string[] tenants = ["acme", "acme/a", "acme/b", "acme/b/x", "globex"];
    private ProviderSimulator simulator = null!;

    [OneTimeSetUp]
    public async Task StartAll()
    {
        simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero, Models = ["*"], RecordedRequests = RequestsPerPolicy * 8 });
        foreach (var region in Regions)
        {
            secrets[$"p-{region}"] = "provider-secret";
            secrets[$"g-{region}"] = "provider-secret";
        }

        foreach (var tenant in tenants)
        {
            keys[tenant] = BearerSecret.Issue(SecretKind.ApiKey);
        }

        var access = publisher.Access([.. tenants.Select(tenant => TestPublisher.KeyOf(keys[tenant], tenant))]);
        foreach (var region in Regions)
        {
            var node = new TestNode(publisher, region, secrets: secrets);
            await node.ApplyAsync(access, publisher);
            nodes.Add(node);
        }
    }

    [OneTimeTearDown]
    public async Task StopAll()
    {
        clients.ForEach(client => client.Dispose());
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await simulator.DisposeAsync();
    }

    [Test]
    public async Task No_call_leaves_the_regions_that_policy_permits()
    {
        var (calls, answered, failedOver, sent) = (0, 0, 0, 0);
        for (var seed = 1; seed <= Policies; seed++)
        {
            var random = new Random(seed);
            var allowed = new Dictionary<string, string[]>(StringComparer.Ordinal);
            foreach (var tenant in tenants)
            {
                // Now and then more than its parent's, which was narrowed over it.
                allowed[tenant] = [.. Regions.Where(_ => random.Next(5) < 4)];
            }

            await EnforceAsync((ulong)seed, random, allowed);
            var before = simulator.Requests.Since(0).Select(request => request.Number).LastOrDefault();
            simulator.SetFaults([.. Regions.Select(region => RandomFault(random, region)).OfType<Fault>()]);
            var requests = Enumerable.Range(0, RequestsPerPolicy).Select(_ => (Tenant: Pick(random, tenants), Node: random.Next(Regions.Length), Name: $"m{random.Next(6)}", Stream: random.Next(2) == 0)).ToArray();
            await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (request, cancellation) =>
            {
                var attempts = await AskAsync(request.Tenant, request.Node, request.Name, request.Stream, cancellation);
                Interlocked.Add(ref answered, attempts > 0 ? 1 : 0);
                Interlocked.Add(ref failedOver, attempts > 1 ? 1 : 0);
            });
            sent += requests.Length;
            foreach (var call in simulator.Requests.Since(before))
            {
                var tenant = AskingTenant().Match(Encoding.UTF8.GetString(call.Body.Span)).Groups[1].Value;
                calls++;
                Assert.That(Permitted(tenant, allowed), Does.Contain(call.Region), $"seed {seed}: a prompt of {tenant} reached {call.Region}");
            }
        }

        await TestContext.Out.WriteLineAsync($"{sent} requests, {answered} answered, {failedOver} after failing over, {calls} calls, 0 outside policy");
        Assert.That((answered > sent / 10, failedOver > sent / 50, calls > answered), Is.EqualTo((true, true, true)), "the run must have tried something");
    }

    // The meet of the tenant's own and its ancestors', by the words of the contract.
    private string[] Permitted(string tenant, Dictionary<string, string[]> allowed) =>
        [.. tenants.Where(other => tenant == other || tenant.StartsWith(other + "/", StringComparison.Ordinal)).Select(at => allowed[at]).Aggregate((a, b) => [.. a.Intersect(b)])];

    private async Task EnforceAsync(ulong version, Random random, Dictionary<string, string[]> allowed)
    {
        var resources = new List<Resource>();
        foreach (var region in Regions)
        {
            resources.Add(Provider($"p-{region}", region, region));
            // Its deployments say where they process, as an Azure resource's do.
            resources.Add(Provider($"g-{region}", "global", region));
        }

        for (var i = 0; i < 4; i++)
        {
            var model = new Resource { Metadata = new() { Name = $"m{i}" }, Model = new() };
            foreach (var region in Regions.OrderBy(_ => random.Next()).Take(random.Next(1, 5)))
            {
                model.Model.Deployments.Add(random.Next(2) == 0
                    ? new Deployment { Provider = $"p-{region}", UpstreamModel = $"up-{i}" }
                    : new Deployment { Provider = $"g-{region}", UpstreamModel = $"up-{i}", Region = random.Next(3) == 0 ? "" : region });
            }

            resources.Add(model);
        }

        // A version that allows what can be served nowhere is refused whole.
        resources.Add(TestPublisher.Model("m-everywhere", [.. Regions.Select(region => $"p-{region}")]));
        for (var i = 4; i < 6; i++)
        {
            var route = new Resource { Metadata = new() { Name = $"m{i}" }, Route = new() { Targets = { Enumerable.Range(0, 4).OrderBy(_ => random.Next()).Take(3).Select(target => new RouteTarget { Model = $"m{target}" }) } } };
            route.Route.Retry = new() { Attempts = (uint)random.Next(1, 4), On = { Failure.RateLimit, Failure.ServerError, Failure.Timeout } };
            route.Route.Hedge = i == 5 ? new() { After = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(random.Next(1, 30))) } : null;
            route.Route.Strategy = Pick(random, [Strategy.Priority, Strategy.Weighted, Strategy.LeastLatency]);
            resources.Add(route);
        }

        resources.AddRange(tenants.Select(tenant => TestPublisher.Tenant(tenant, ["m*"], allowed[tenant])));
        foreach (var (node, region) in nodes.Zip(Regions))
        {
            await node.Snapshots.InstallAsync(publisher.Publish(version, region, resources), publisher, default);
            if (clients.Count < nodes.Count)
            {
                clients.Add(new() { BaseAddress = await node.StartAsync() });
            }
        }
    }

    private Resource Provider(string name, string region, string place)
    {
        var provider = TestPublisher.Provider(name, region, simulator.OpenAiBaseUrl(place).ToString());
        provider.Provider.Timeouts = new() { FirstToken = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(250)), Idle = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(250)), Total = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(250)) };
        return provider;
    }

    private async Task<int> AskAsync(string tenant, int node, string name, bool stream, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + keys[tenant].Reveal());
        request.Content = new StringContent(
            $"{{\"model\":\"{name}\",\"messages\":[{{\"role\":\"user\",\"content\":\"asked by <{tenant}>\"}}],\"stream\":{(stream ? "true" : "false")}}}", Encoding.UTF8, "application/json");
        try
        {
            using var response = await clients[node].SendAsync(request, cancellation);
            return response.IsSuccessStatusCode ? int.Parse(response.Headers.GetValues("x-asc-attempts").Single(), System.Globalization.CultureInfo.InvariantCulture) : 0;
        }
        catch (HttpRequestException)
        {
            // A stream that broke after its first byte.
            return 0;
        }
    }

    private static Fault? RandomFault(Random random, string region) => random.Next(8) switch
    {
        0 => new() { Kind = FaultKind.Status, Status = 500, Match = new(region, null, null), Count = random.Next(5, 60) },
        1 => new() { Kind = FaultKind.Status, Status = 429, Match = new(region, null, null), Count = random.Next(5, 60) },
        2 => new() { Kind = FaultKind.Cut, AfterChunks = random.Next(3), Match = new(region, null, null), Count = random.Next(5, 60) },
        3 => new() { Kind = FaultKind.Stall, AfterChunks = random.Next(3), Match = new(region, null, null), Count = random.Next(3, 20) },
        4 => new() { Kind = FaultKind.Malformed, AfterChunks = random.Next(3), Match = new(region, null, null), Count = random.Next(5, 60) },
        5 => new() { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(random.Next(5, 400)), Match = new(region, null, null), Count = random.Next(3, 20) },
        _ => null,
    };

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    [GeneratedRegex("asked by <([^>]*)>")]
    private static partial Regex AskingTenant();
}
