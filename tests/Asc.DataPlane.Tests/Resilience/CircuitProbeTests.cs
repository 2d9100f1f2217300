using System.Net;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Resilience;
using Asc.Policy.Evaluation;
using Asc.Simulator.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Polly.CircuitBreaker;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>The one call that an open circuit lets through after a while.</summary>
[TestFixture]
internal sealed class CircuitProbeTests : FailoverFixture
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    [Test]
    public async Task While_it_is_under_way_others_are_not_even_offered_the_deployment()
    {
        using var probe = await ProbeAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));

        var record = await RecordAsync(Calls + 1);
        Assert.That((record.Attempts, record.Tries.Count, record.Inputs.UnhealthyCandidates), Is.EqualTo((1u, 0, 1UL)));
    }

    [Test]
    public async Task One_that_its_client_leaves_proves_nothing_and_the_next_comes_as_soon_as_the_first_did()
    {
        using (var probe = await ProbeAsync(Fast("p-eu", "eu")))
        {
            await probe.CancelAsync();
        }

        Assert.That((await RecordAsync(Calls + 1)).Outcome, Is.EqualTo(Outcome.Aborted));
        Assert.That((Health.Circuit, Health.Failures), Is.EqualTo((CircuitState.Open, (long)Calls)), "neither well nor a failure");
        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target");

        simulator.SetFaults();
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Health.Circuit, Is.EqualTo(CircuitState.Closed));
    }

    [Test]
    public async Task One_that_fails_doubles_the_wait_however_many_were_left_before()
    {
        using (var probe = await ProbeAsync(Fast("p-eu", "eu")))
        {
            await probe.CancelAsync();
        }

        await RecordAsync(Calls + 1);
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500 });
        clock.Advance(TimeSpan.FromSeconds(6));
        await AssertErrorAsync(Request(Chat), 502, "provider_error");

        clock.Advance(TimeSpan.FromSeconds(9));
        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target");
        clock.Advance(TimeSpan.FromSeconds(2));
        await AssertErrorAsync(Request(Chat), 502, "provider_error");
    }

    [Test]
    public async Task Once_one_has_succeeded_the_next_break_is_as_long_as_the_first_however_many_were_left_before()
    {
        using (var probe = await ProbeAsync(Fast("p-eu", "eu")))
        {
            await probe.CancelAsync();
        }

        await RecordAsync(Calls + 1);
        simulator.SetFaults();
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
        await OpenAsync();

        clock.Advance(TimeSpan.FromSeconds(4));
        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target");
        clock.Advance(TimeSpan.FromSeconds(2));
        simulator.SetFaults();
        Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Whoever_chose_the_deployment_before_one_began_calls_nobody()
    {
        using var probe = await ProbeAsync(Fast("p-eu", "eu"));
        var called = simulator.Requests.Since(0).Count;
        var exchange = new GatewayExchange();
        exchange.Begin(new DefaultHttpContext(), null, node.Policy, AccessSwitches.None, clock);
        exchange.Tenant = node.Policy!.Compiled.FindTenant("acme");
        var name = node.Policy.Compiled.FindName("gpt-5-mini")!;
        (exchange.Workload, exchange.Serving) = (exchange.Tenant!.DefaultWorkload, name);
        var attempt = new Attempt();
        attempt.Begin(exchange, name.Candidates[0], Health, isLast: true);
        attempt.Credential = new("p-eu", "provider-secret");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));

        var outcome = await Health.CallAsync(node.Get<ProviderCaller>(), attempt, patience.Token);

        Assert.That(outcome.Exception, Is.InstanceOf<BrokenCircuitException>());
        Assert.That((attempt.StartedTimestamp, simulator.Requests.Since(0).Count), Is.EqualTo((0L, called)));
    }

    [Test]
    public async Task A_call_that_began_before_the_circuit_opened_is_no_probe()
    {
        await RestartNodeAsync(services => services.AddSingleton<TimeProvider>(clock));
        await EnforceAsync([TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString())], retry: new() { Attempts = 1 });
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(2) });
        var slow = AnswerAsync(Chat);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await simulator.Requests.WaitForAsync(static request => !request.Ended, patience.Token);
        await OpenAsync();
        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.That((await slow).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(Health.Circuit, Is.EqualTo(CircuitState.Open), "it says nothing of how the deployment is by now");
        simulator.SetFaults();
        Assert.That((await AnswerAsync(Chat)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Health.Circuit, Is.EqualTo(CircuitState.Closed));
    }

    private const int Calls = 10;

    private DeploymentHealth Health => node.Get<HealthBoard>().All.Single(health => health.Identity.Region == "eu");

    /// <summary>Opens the first deployment's circuit, waits for its break's end and makes a call that nobody answers.</summary>
    /// <returns>What makes its client leave.</returns>
    private async Task<CancellationTokenSource> ProbeAsync(params Resource[] providers)
    {
        await RestartNodeAsync(services => services.AddSingleton<TimeProvider>(clock));
        await EnforceAsync(providers, retry: new() { Attempts = 1 });
        await OpenAsync();
        await RecordAsync(Calls);
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMinutes(1), Match = new("eu", null, null) });
        clock.Advance(TimeSpan.FromSeconds(6));
        var seen = simulator.Requests.Since(0)[^1].Number;
        var leaving = new CancellationTokenSource();
        _ = client.SendAsync(Request(Chat), leaving.Token);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await simulator.Requests.WaitForAsync(request => request.Number > seen, patience.Token);
        Assert.That(Health.Circuit, Is.EqualTo(CircuitState.HalfOpen));
        return leaving;
    }

    private async Task OpenAsync()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) });
        for (var i = 0; i < Calls; i++)
        {
            await AnswerAsync(Chat);
        }

        Assert.That(Health.Circuit, Is.EqualTo(CircuitState.Open));
    }

    private async Task<ExecutionRecord> RecordAsync(int number)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (true)
        {
            if (await node.Get<IRecordSpool>().RecordsAsync(0) is { } records && records.Count >= number)
            {
                return records[number - 1];
            }

            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
