using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Stages;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Simulator.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ObjectPool;

namespace Asc.DataPlane.Tests;

/// <summary>Whatever a stage does, those that were entered are left: one answer, one record, nothing leaked, nothing remembered.</summary>
[TestFixture]
internal sealed class GatewayPipelineTests : GatewayFixture
{
    private const string Message = "a stage of a test fails";

    [Test]
    public async Task A_stage_that_fails_on_the_way_in_leaves_an_answer_and_a_record()
    {
        var fails = true;
        await RestartNodeAsync(services => services.AddSingleton<IClientHeaderFilter>(new Failing(() => fails)));

        await AssertErrorAsync(Request(Chat), 500, "internal_error", "its log has the cause");

        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Code, record.Status, record.Attempts), Is.EqualTo((Outcome.Failed, "internal_error", 500u, 0u)));
        Assert.That(simulator.Requests.Since(0), Is.Empty);
        fails = false;
        await AssertServedAsync(records: 2);
    }

    [Test]
    public async Task A_stage_that_fails_after_the_call_settles_what_was_used_and_gives_the_connection_up()
    {
        var fails = true;
        await RestartNodeAsync(services => services.AddSingleton<IUsageInjection>(new FailingOnceSent(() => fails && simulator.Requests.Since(0).Any())));
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 2, Count = 1 });

        await AssertErrorAsync(Request(Streamed), 500, "internal_error");

        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Attempts, record.UpstreamStatus, record.Usage.Estimated), Is.EqualTo((Outcome.Failed, 1u, 200u, true)), "it was sent: it is counted");
        Assert.That((await SeenAsync()).ClientAborted, Is.True, "the provider's call is ended");
        fails = false;
        await AssertServedAsync(records: 2);
    }

    [Test]
    public async Task A_stage_that_fails_on_the_way_out_keeps_no_outer_one_from_its_own()
    {
        var left = new List<string>();
        var stages = new IStage[] { new Noting("outer", left), new Noting("failing", left, fails: true), new Noting("inner", left) };
        var exchange = new GatewayExchange();

        await GatewayPipeline.PassAsync(stages, exchange, new DefaultObjectPool<GatewayExchange>(new DefaultPooledObjectPolicy<GatewayExchange>()));

        Assert.That(left, Is.EqualTo(new[] { "inner", "failing", "outer sees " + Message }));
    }

    [Test]
    public async Task What_fails_in_the_outermost_stage_is_the_servers_to_tell()
    {
        var unused = new DefaultObjectPool<GatewayExchange>(new DefaultPooledObjectPolicy<GatewayExchange>());

        await Assert.ThatAsync(() => GatewayPipeline.PassAsync([new Noting("outermost", [], fails: true)], new GatewayExchange(), unused), Throws.InstanceOf<InvalidTimeZoneException>());
    }

    [Test]
    public async Task Of_an_answer_that_was_given_whole_a_client_that_leaves_makes_no_abort()
    {
        var spool = node.Get<IRecordSpool>();
        var exchange = new GatewayExchange { IsComplete = true };
        exchange.Begin(new DefaultHttpContext { RequestAborted = new(canceled: true) }, null, null, Policy.Evaluation.AccessSwitches.None, TimeProvider.System);

        await node.Get<RecordExchange>().LeaveAsync(exchange);

        Assert.That((await spool.RecordsAsync(0)).Single().Outcome, Is.EqualTo(Outcome.Ok));
    }

    private async Task AssertServedAsync(int records)
    {
        using var response = await PostAsync(Chat);
        Assert.That(response.IsSuccessStatusCode, Is.True);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        IReadOnlyList<ExecutionRecord> all;
        do
        {
            all = await node.Get<IRecordSpool>().RecordsAsync(0);
            await Task.Yield();
        }
        while (all.Count < records && !patience.IsCancellationRequested);
        Assert.That(all.Select(record => record.Outcome), Is.EqualTo(new[] { Outcome.Failed, Outcome.Ok }), "one record each, and nothing of the first in the second");
    }

    private sealed class Failing(Func<bool> when) : IClientHeaderFilter
    {
        public void Forward(IHeaderDictionary client, bool traceContext, UpstreamHeaders upstream)
        {
            if (when())
            {
                throw new InvalidTimeZoneException(Message);
            }
        }
    }

    private sealed class FailingOnceSent(Func<bool> when) : IUsageInjection
    {
        public bool IsNeeded(in ModelRequest request) => when() ? throw new InvalidTimeZoneException(Message) : new UsageInjection().IsNeeded(request);
    }

    private sealed class Noting(string name, List<string> left, bool fails = false) : IStage
    {
        public ValueTask<bool> EnterAsync(GatewayExchange exchange) => new(true);

        public ValueTask LeaveAsync(GatewayExchange exchange)
        {
            left.Add(exchange.Fault is { } fault ? $"{name} sees {fault.Message}" : name);
            return fails ? throw new InvalidTimeZoneException(Message) : default;
        }
    }
}
