using System.Diagnostics;
using System.Text;
using Asc.Contracts.Policy.V1;
using Asc.Simulator.Faults;

namespace Asc.Functional.Tests.Rates;

/// <summary>Two nodes, one limit: what gets through is what policy says, wherever it is asked for.</summary>
[NonParallelizable]
internal sealed class SharedLimitJourney
{
    private AscTestBed bed = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAll() => (bed, client) = (await AscTestBed.StartAsync(), new());

    [TearDown]
    public async Task StopAll()
    {
        client.Dispose();
        await bed.DisposeAsync();
    }

    [Test]
    public async Task Two_nodes_let_through_no_more_than_the_limit()
    {
        const int limit = 120;
        await LimitAsync(limits => limits.RequestsPerMinute = limit);
        var window = TimeSpan.FromSeconds(20);

        var passed = await Task.WhenAll(HammerAsync("eu", window), HammerAsync("us", window));

        var bound = (limit * window.TotalSeconds / 60) + (limit / 6.0);
        Assert.That(passed.Sum(), Is.LessThanOrEqualTo(bound + 1), "the rate, and one burst for all nodes together");
        Assert.That(passed.Sum(), Is.GreaterThanOrEqualTo(limit * window.TotalSeconds / 60 * 0.8), "and not much less");
        Assert.That(passed, Has.All.GreaterThan(0), "nobody is left out");
    }

    [Test]
    public async Task Shares_follow_demand_to_one_node()
    {
        const int limit = 120;
        await LimitAsync(limits => limits.RequestsPerMinute = limit);
        var window = TimeSpan.FromSeconds(20);

        var passed = await HammerAsync("us", window);

        Assert.That(passed, Is.LessThanOrEqualTo((limit * window.TotalSeconds / 60) + (limit / 6.0) + 1));
        Assert.That(passed, Is.GreaterThanOrEqualTo(limit * window.TotalSeconds / 60 * 0.95), "near the limit, though another node had its part");
    }

    [Test]
    public async Task No_more_are_under_way_at_the_provider_than_the_limit_says()
    {
        const int limit = 3;
        await LimitAsync(limits => limits.ConcurrentRequests = limit);
        bed.Simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(150) });
        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        var most = 0;
        var watching = Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                most = Math.Max(most, bed.Simulator.Requests.Since(0).Count(request => !request.Ended));
                await Task.Delay(5);
            }
        });

        var callers = Enumerable.Range(0, 10).Select(index => HammerAsync(index % 2 == 0 ? "eu" : "us", TimeSpan.FromSeconds(8), pause: 20));
        var passed = (await Task.WhenAll(callers)).Sum();
        await watching;

        Assert.That(most, Is.EqualTo(limit), "as many as may, and no more");
        Assert.That(passed, Is.GreaterThan(60));
    }

    [Test]
    public async Task A_limit_of_one_lets_one_through_on_either_node()
    {
        await LimitAsync(limits => limits.ConcurrentRequests = 1);
        foreach (var region in new[] { "eu", "us", "eu" })
        {
            await AscTestBed.EventuallyAsync(async () => await PostAsync(region) == 200, seconds: 3);
        }
    }

    [Test]
    public async Task Without_the_control_plane_a_node_keeps_its_part()
    {
        await LimitAsync(limits => limits.RequestsPerMinute = 600);
        Assert.That(await PostAsync("eu"), Is.EqualTo(200));
        await bed.Stack.ControlPlane.StopAsync();

        var passed = await HammerAsync("eu", TimeSpan.FromSeconds(4));

        Assert.That(passed, Is.InRange(30, 42), "a quarter of 600 a minute for 4 s, and its burst");
        await bed.Stack.ControlPlane.RestartAsync(CancellationToken.None);
    }

    [Test]
    public async Task An_observed_limit_says_no_only_where_an_enforced_one_would()
    {
        await LimitAsync(limits => limits.RequestsPerMinute = 6, observed: true);

        Assert.That(await PostAsync("eu"), Is.EqualTo(200));

        var first = (await bed.EventsAsync(1, "--type", "request"))[0];
        Assert.That(first["observed"]!.AsArray(), Is.Empty, "the first of six a minute, though the node had no share yet: " + first.ToJsonString());
        for (var i = 0; i < 20; i++)
        {
            Assert.That(await PostAsync("eu"), Is.EqualTo(200));
            await Task.Delay(100);
        }

        await bed.EventsAsync(10, "--rule", "limits.requestsPerMinute");
    }

    [Test]
    public async Task A_refusal_can_be_explained_afterwards()
    {
        await LimitAsync(limits => limits.RequestsPerMinute = 6);
        using var refused = await UntilRefusedAsync();
        var id = refused.Headers.GetValues("x-asc-request-id").Single();
        await bed.EventsAsync(1, "--rule", "limits.requestsPerMinute");

        var explained = await bed.AscJsonAsync("explain", id);

        Assert.That(explained["code"]!.GetValue<string>(), Is.EqualTo("rate_limited"), AscTestBed.Json(explained));
        Assert.That(explained["origin"]!.GetValue<string>(), Is.EqualTo("acme/retail"));
        Assert.That(explained["rule"]!.GetValue<string>(), Is.EqualTo("limits.requestsPerMinute"));
        Assert.That(explained["wouldPassIf"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_key_is_made_with_limits_and_held_to_them()
    {
        var made = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "batch", "--requests-per-minute", "6");
        var key = made["key"]!.GetValue<string>();
        Assert.That(made["limits"]!["requestsPerMinute"]!.GetValue<int>(), Is.EqualTo(6));
        await AscTestBed.EventuallyAsync(async () => await PostAsync("us", key) == 200);
        Assert.That(await PostAsync("us", key), Is.EqualTo(429));
    }

    private async Task LimitAsync(Action<TenantLimits> limit, bool observed = false)
    {
        var tenant = new Resource
        {
            Metadata = new() { Path = "acme/retail" },
            Tenant = new() { Models = new() { Allow = new() { Values = { "gpt-5-mini" } } }, Residency = new() { Allow = new() { Values = { "eu", "us" } } } },
        };
        tenant.Tenant.Limits = new();
        limit(tenant.Tenant.Limits);
        tenant.Tenant.Observe.AddRange(observed ? [ObservedRules.Limits] : Array.Empty<ObservedRules>());
        await bed.Stack.ControlPlane.Admin.ApplyAsync(new() { Resources = { tenant } }, bed.Stack.ControlPlane.Call);
        Assert.That((await bed.AscAsync("publish", "-m", "limits", "--wait")).ExitCode, Is.Zero);
    }

    private async Task<int> HammerAsync(string region, TimeSpan window, int pause = 0)
    {
        var (started, passed) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(started) < window)
        {
            var status = await PostAsync(region);
            passed += status == 200 ? 1 : 0;
            if (status == 429)
            {
                await Task.Delay(Math.Max(20, pause));
            }
        }

        return passed;
    }

    private async Task<HttpResponseMessage> UntilRefusedAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            using var request = Request("us", bed.RetailKey);
            var response = await client.SendAsync(request);
            if ((int)response.StatusCode == 429)
            {
                return response;
            }

            response.Dispose();
        }

        throw new AssertionException("nothing was refused");
    }

    private async Task<int> PostAsync(string region, string? key = null)
    {
        using var request = Request(region, key ?? bed.RetailKey);
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode;
    }

    private HttpRequestMessage Request(string region, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node(region).Url, "/v1/chat/completions"))
        {
            Content = new StringContent("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        return request;
    }
}
