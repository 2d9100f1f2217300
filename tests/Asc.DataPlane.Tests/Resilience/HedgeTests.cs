using System.Diagnostics;
using System.Net;
using Asc.Contracts.Policy.V1;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Stages;
using Asc.DataPlane.Tests.Providers;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Simulator.Faults;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>What hedges may add to the load of providers, and what they leave behind.</summary>
[TestFixture]
internal sealed class HedgeTests : FailoverFixture
{
    private static readonly Hedge Early = new() { After = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(10)) };

    [Test]
    public async Task A_request_that_has_nobody_left_to_ask_takes_nothing_of_what_others_may_add()
    {
        await EnforceAsync([Slow("p-eu", "eu"), Slow("p-us", "us")], hedge: Early);
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(200) });

        for (var i = 1; i <= 3; i++)
        {
            Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(simulator.Requests.Since(0), Has.Count.EqualTo(2 * i), "each is hedged");
        }
    }

    [Test]
    public async Task Hedges_add_no_more_than_the_budget_and_whoever_gets_none_waits_for_the_first_target()
    {
        const int Requests = 40;
        await EnforceAsync([Slow("p-eu", "eu"), Slow("p-us", "us")], hedge: Early);
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(400), Match = new("eu", null, null) });
        var clock = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => AnswerAsync(Chat)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK));
        var hedges = simulator.Requests.Since(0).Count(request => request.Region == "us");
        Assert.That(hedges, Is.InRange(1, RetryBudget.Maximum + (RetryBudget.Ratio * Requests) + Math.Ceiling(clock.Elapsed.TotalSeconds)));
        Assert.That(answers.Count(answer => answer.Region == "eu"), Is.GreaterThanOrEqualTo(Requests - hedges));
    }

    [TestCase("p-us", false)]
    [TestCase("p-eu", true)]
    public async Task A_hedge_is_load_of_the_provider_that_it_is_for(string spent, bool isHedged)
    {
        await EnforceAsync([Slow("p-eu", "eu"), Slow("p-us", "us")], hedge: Early);
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(200), Match = new("eu", null, null) });
        var budget = node.Get<HealthBoard>().All.First(health => health.Identity.Provider == spent).Budget;
        while (budget.TryTake())
        {
        }

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo(isHedged ? "us" : "eu"));
        Assert.That(simulator.Requests.Since(0).Any(request => request.Region == "us"), Is.EqualTo(isHedged));
    }

    [Test]
    public async Task Who_is_overtaken_is_known_to_be_slow()
    {
        await EnforceAsync([Slow("p-eu", "eu"), Slow("p-us", "us")], hedge: new Hedge { After = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100)) }, strategy: Strategy.LeastLatency);
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(800), Match = new("eu", null, null) });

        for (var i = 0; i < 8; i++)
        {
            Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(simulator.Requests.Since(0).Count(request => request.Region == "eu"), Is.LessThanOrEqualTo(2), "else it is asked first for ever, as nothing is known of it");
    }

    [Test]
    public async Task One_that_answered_too_late_gives_its_connection_up_and_is_told_of()
    {
        await using var provider = new ScriptedProvider(static stream => stream.ReadExactlyAsync(new byte[1]).AsTask());
        await EnforceAsync([TestPublisher.Provider("p-eu", "eu", new Uri(provider.Url, "/v1").ToString()), Slow("p-us", "us")], hedge: Early);
        var exchange = await RankedAsync();
        UpstreamConnection? connection = null;

        var (served, called) = await node.Get<HedgedCalls>().CallAsync(exchange, Call, default);

        var isClosed = connection!.IsClosed;
        connection.Close();
        Assert.That((served.Candidate.Region, called, isClosed), Is.EqualTo(("us", 2, true)));
        Assert.That(exchange.Trail.With(null)!.Single().Code, Is.EqualTo("superseded"));

        // The first answers although it is told that nobody waits any more, and before it could hear of it.
        async ValueTask Call(GatewayExchange exchange, int rank, Attempt attempt, CancellationToken abandoned)
        {
            var candidate = exchange.Serving.Candidates[rank];
            attempt.Begin(exchange, candidate, exchange.Deployments[rank], isLast: rank == 1);
            if (rank == 0)
            {
                attempt.Connection = connection = await node.Get<EgressDoor>().OpenAsync(exchange.Tenant!, candidate, Operation.ChatCompletions, new("p-eu", "provider-secret"), attempt.Timeouts, attempt.Headers, default);
                await Task.Delay(Timeout.Infinite, abandoned).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    // As the stages leave it to the one that calls.
    private async Task<GatewayExchange> RankedAsync()
    {
        var exchange = new GatewayExchange();
        exchange.Begin(new DefaultHttpContext(), null, node.Policy, AccessSwitches.None, TimeProvider.System);
        exchange.Tenant = node.Policy!.Compiled.FindTenant("acme");
        exchange.Name = node.Policy.Compiled.FindName("gpt-5-mini");
        Assert.That(await node.Get<ChooseRoute>().EnterAsync(exchange), Is.True);
        return exchange;
    }

    private Resource Slow(string name, string region) => TestPublisher.Provider(name, region, simulator.OpenAiBaseUrl(region).ToString());
}
