using System.Diagnostics;
using Asc.Contracts.Policy.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Stages;
using Asc.Policy.Evaluation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests.Rates;

/// <summary>What limits cost a request that they let through.</summary>
internal sealed class LimitRateCostTests : GatewayFixture
{
    [Test]
    public async Task A_request_that_has_room_everywhere_costs_no_memory()
    {
        await RestartNodeAsync(services => services.AddSingleton<IShareSource, WholeShares>());
        var limits = new Limits { RequestsPerMinute = 1_000_000_000, TokensPerMinute = 1_000_000_000_000, ConcurrentRequests = 1000 };
        var resources = Resources().ToList();
        foreach (var resource in resources.Where(resource => resource.Tenant is not null))
        {
            resource.Tenant.Limits = new() { RequestsPerMinute = limits.RequestsPerMinute, TokensPerMinute = limits.TokensPerMinute, ConcurrentRequests = 1000, PerKey = limits };
        }

        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", resources), publisher, default);
        var stage = node.Get<LimitRate>();
        var exchange = new GatewayExchange();
        exchange.Begin(new DefaultHttpContext(), null, node.Policy, AccessSwitches.None, TimeProvider.System);
        exchange.Key = node.AccessList.Find(secret.Id.AsSpan(2))!;
        exchange.Tenant = node.Policy!.Compiled.FindTenant("acme");
        exchange.Name = node.Policy.Compiled.FindName("gpt-5-mini");
        exchange.Workload = node.Policy.Compiled.FindWorkload("interactive")!;
        exchange.Candidate = exchange.Name!.Candidates[0];
        Pass(stage, exchange, 50_000);

        var (fastest, allocated) = (TimeSpan.MaxValue, 0L);
        for (var round = 0; round < 200; round++)
        {
            var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            Pass(stage, exchange, 1_000);
            var elapsed = Stopwatch.GetElapsedTime(started);
            (fastest, allocated) = (elapsed < fastest ? elapsed : fastest, allocated + GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(allocated, Is.Zero);
        await TestContext.Out.WriteLineAsync($"{fastest.TotalNanoseconds / 1_000:0} ns for a request that six limits count");
    }

    // Nothing here is asynchronous: that is what is asserted.
#pragma warning disable CA2012
    private static void Pass(LimitRate stage, GatewayExchange exchange, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var entering = stage.EnterAsync(exchange);
            if (!entering.IsCompletedSuccessfully || !entering.Result)
            {
                throw new InvalidOperationException("there is no room");
            }

            var leaving = stage.LeaveAsync(exchange);
            if (!leaving.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("it waits");
            }

            exchange.Rates.Clear();
        }
    }
#pragma warning restore CA2012
}
