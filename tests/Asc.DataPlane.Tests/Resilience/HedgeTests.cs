using System.Diagnostics;
using System.Net;
using Asc.Contracts.Policy.V1;
using Asc.DataPlane.Resilience;
using Asc.Simulator.Faults;
using Google.Protobuf.WellKnownTypes;

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

    private Resource Slow(string name, string region) => TestPublisher.Provider(name, region, simulator.OpenAiBaseUrl(region).ToString());
}
