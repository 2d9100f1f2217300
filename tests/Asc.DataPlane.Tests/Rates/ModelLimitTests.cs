using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Asc.Policy.Compilation;
using Asc.Simulator.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests.Rates;

/// <summary>The limits of models, whichever of a route's serves.</summary>
[TestFixture]
internal sealed class ModelLimitTests : GatewayFixture
{
    public ModelLimitTests() => Secrets["p-us"] = "provider-secret";

    [Test]
    public async Task Where_a_model_is_at_its_limit_the_next_target_serves_and_the_record_says_why()
    {
        await LimitAsync(eu: new() { RequestsPerMinute = 6 }, us: new() { RequestsPerMinute = 60 });

        Assert.That(await RegionsAsync(3), Is.EqualTo(new[] { "eu", "us", "us" }));
        var records = await RecordsAsync(3);
        Assert.That(records.Select(record => record.Inputs.LimitedCandidates), Is.EqualTo(new[] { 0UL, 1UL, 1UL }));
        Assert.That(records.Select(record => record.Attempts), Is.All.EqualTo(1u), "whoever is full isn't called");
    }

    [Test]
    public async Task That_a_model_was_wanted_which_is_at_its_limit_is_counted_and_more_of_it_asked_for()
    {
        var shares = new AskedShares();
        await LimitAsync(eu: new() { RequestsPerMinute = 6 }, us: new(), shares);

        Assert.That(await RegionsAsync(2), Is.EqualTo(new[] { "eu", "us" }));

        var counter = CounterOf("m-eu", LimitKind.Requests);
        Assert.That(counter.TakeDemand(), Is.EqualTo((2L, 1L)), "as if it had been refused");
        Assert.That(shares.Asked, Is.EqualTo(new[] { counter }));
    }

    [Test]
    public async Task Where_all_are_at_their_limits_the_client_is_told_when_the_first_of_them_has_room()
    {
        await LimitAsync(eu: new() { RequestsPerMinute = 1 }, us: new() { RequestsPerMinute = 6 });
        Assert.That(await RegionsAsync(2), Is.EqualTo(new[] { "eu", "us" }));

        using var refused = await PostAsync(Chat);

        Assert.That(((int)refused.StatusCode, int.Parse(Header(refused, "retry-after"), System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo((429, 10)).Within(1));
        var message = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["error"]!["message"]!.GetValue<string>();
        Assert.That(message, Does.StartWith("limits.requestsPerMinute of m-us is 6, and m-us has used what there is of it."));
    }

    [Test]
    public async Task Who_steps_in_for_another_model_is_counted_by_its_own_limits_and_passed_over_where_they_are_reached()
    {
        await LimitAsync(eu: new(), us: new() { RequestsPerMinute = 6 });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) });

        Assert.That(await RegionsAsync(1), Is.EqualTo(new[] { "us" }));
        await AssertErrorAsync(Request(Chat), 502, "provider_error", "m-us was not asked: it is at one of its limits.");

        Assert.That(simulator.Requests.Since(0).Count(request => request.Region == "us"), Is.EqualTo(1));
        Assert.That((await RecordsAsync(2))[1].Tries.Select(call => (call.Model, call.Code, call.Sent)), Is.EqualTo(new[] { ("m-eu", "provider_error", true), ("m-us", "rate_limited", false) }));
    }

    [Test]
    public async Task A_model_that_failed_has_its_slot_back_while_another_one_answers()
    {
        await LimitAsync(eu: new() { ConcurrentRequests = 1 }, us: new() { ConcurrentRequests = 1 });
        simulator.SetFaults(
            new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) },
            new Fault { Kind = FaultKind.Stall, AfterChunks = 2, Match = new("us", null, null) });
        using var leaving = new CancellationTokenSource();

        using var streaming = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead, leaving.Token);

        Assert.That((streaming.StatusCode, Header(streaming, "x-asc-region")), Is.EqualTo((HttpStatusCode.OK, "us")));
        Assert.That((CounterOf("m-eu", LimitKind.Concurrent).UnderWay, CounterOf("m-us", LimitKind.Concurrent).UnderWay), Is.EqualTo((0, 1)));
        await leaving.CancelAsync();
    }

    [Test]
    public async Task Each_model_is_charged_the_tokens_of_its_own_calls()
    {
        await LimitAsync(eu: new() { TokensPerMinute = 60 }, us: new() { TokensPerMinute = 60 });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) });

        Assert.That(await RegionsAsync(1), Is.EqualTo(new[] { "us" }));
        await RecordsAsync(1);

        var now = Ticks.Now(TimeProvider.System);
        Assert.That(CounterOf("m-eu", LimitKind.Tokens).Remaining(now), Is.EqualTo(10), "an answer of 500 has used nothing");
        Assert.That(CounterOf("m-us", LimitKind.Tokens).TimeToFull(now), Is.GreaterThan(10 * TimeSpan.TicksPerSecond), "it has used more than the ten that there are at once");
    }

    [Test]
    public async Task An_answer_that_nothing_bounds_is_held_as_a_usual_one()
    {
        await LimitAsync(eu: new() { TokensPerMinute = 60_000 }, us: new());
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(30) });
        using var leaving = new CancellationTokenSource();
        var pending = client.SendAsync(Request(Chat), leaving.Token);
        await simulator.Requests.WaitForAsync(_ => true, CancellationToken.None);

        Assert.That(CounterOf("m-eu", LimitKind.Tokens).TimeToFull(Ticks.Now(TimeProvider.System)), Is.GreaterThan(TimeSpan.TicksPerSecond / 2), "a thousand of its tokens come back each second");
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => pending, Throws.InstanceOf<OperationCanceledException>());
    }

    private LimitCounter CounterOf(string model, LimitKind kind) => node.Get<CounterBook>().Find(new(LimitScope.Model, kind, model))!;

    private async Task<string[]> RegionsAsync(int count)
    {
        var regions = new string[count];
        for (var i = 0; i < count; i++)
        {
            using var response = await PostAsync(Chat);
            Assert.That(response.IsSuccessStatusCode, Is.True, await response.Content.ReadAsStringAsync());
            regions[i] = Header(response, "x-asc-region");
        }

        return regions;
    }

    private async Task<IReadOnlyList<ExecutionRecord>> RecordsAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (true)
        {
            if (await node.Get<IRecordSpool>().RecordsAsync(0) is { } records && records.Count >= count)
            {
                return records;
            }

            await Task.Delay(5, patience.Token);
        }
    }

    private async Task LimitAsync(Limits eu, Limits us, IShareSource? shares = null)
    {
        await RestartNodeAsync(services => services.AddSingleton(shares ?? new WholeShares()));
        var route = new RouteSpec { Retry = new() { Attempts = 1 }, Targets = { new RouteTarget { Model = "m-eu" }, new RouteTarget { Model = "m-us" } } };
        Resource[] resources =
        [
            TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString()), TestPublisher.Provider("p-us", "us", simulator.OpenAiBaseUrl("us").ToString()),
            Model("m-eu", "p-eu", eu), Model("m-us", "p-us", us),
            new() { Metadata = new() { Name = "gpt-5-mini" }, Route = route }, TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu", "us"),
        ];
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", resources), publisher, default);
    }

    private static Resource Model(string name, string provider, Limits limits)
    {
        var model = TestPublisher.Model(name, provider);
        model.Model.Limits = limits;
        model.Model.Deployments[0].UpstreamModel = "gpt-5-mini";
        return model;
    }

    private sealed class AskedShares : IShareSource
    {
        private readonly WholeShares whole = new();

        public ConcurrentQueue<LimitCounter> Asked { get; } = [];

        public void Refresh(LimitCounter counter, long now) => whole.Refresh(counter, now);

        public Task? MoreOf(LimitCounter counter, long now)
        {
            Asked.Enqueue(counter);
            return null;
        }
    }
}
