using System.Runtime.CompilerServices;
using Asc.DataPlane.Rates;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that every limit of the tenant, its ancestors, the key, the workload and the model that is asked first has room, and holds it; on the
/// way out what was held is settled to what was used, whatever became of the request.
/// </summary>
internal sealed class LimitRate(LimitBinding binding, ModelLimiter models, IShareSource shares, NodeIdentity node, TimeProvider clock) : IStage
{
    // How long a request may wait for what other nodes have of a limit, rather than be refused while most of it lies idle.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private const int WaitingMaximum = 1000;
    private int waiting;

    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var tenant = exchange.Tenant!;
        if (tenant.MaxOutputTokens is not null && !exchange.Passes(PolicyEvaluator.AdmitOutput(exchange.Facts), node))
        {
            return new(false);
        }

        var (taking, workload, policy) = (exchange.Rates, exchange.Workload, exchange.Policy!);
        Add(taking, binding.OfKey(exchange.Key!, exchange.Grant, tenant, policy), exchange.Name!);
        Add(taking, binding.OfTenant(tenant, policy), exchange.Name!);
        Add(taking, binding.OfWorkload(workload, tenant, policy), exchange.Name!);
        models.Add(exchange);
        var tokens = TokenBound.Of(exchange);
        var refused = taking.Count == 0 ? -1 : taking.TryTakeAll(tokens, Ticks.Now(clock), workload.Reserve);
        return refused >= 0 ? WaitAsync(exchange, tokens, refused) : new(Pass(exchange));
    }

    public ValueTask LeaveAsync(GatewayExchange exchange)
    {
        if (exchange.Rates.Count > 0)
        {
            exchange.SettleUsage();
            var used = exchange.Usage;
            exchange.Rates.Settle(used.Input + used.CachedRead + used.CacheWrite + used.Output, exchange.Attempt.Candidate?.Model, exchange.Trail, Ticks.Now(clock));
        }

        return default;
    }

    private static void Add(RateTaking taking, BoundLimit[] limits, CompiledName name)
    {
        foreach (var limit in limits)
        {
            if (limit.Limit.Counts(name))
            {
                taking.Add(limit);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(GatewayExchange exchange, long tokens, int refused)
    {
        var began = clock.GetTimestamp();
        while (refused >= 0 && clock.GetElapsedTime(began) is var waited && waited < Patience
            && shares.MoreOf(exchange.Rates[refused].Counter, Ticks.Now(clock)) is { } more)
        {
            if (Interlocked.Increment(ref waiting) <= WaitingMaximum)
            {
                await more.WaitAsync(Patience - waited, clock, exchange.Http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (Interlocked.Decrement(ref waiting) >= WaitingMaximum || exchange.ClientLeft)
            {
                break;
            }

            refused = exchange.Rates.TryTakeAll(tokens, Ticks.Now(clock), exchange.Workload.Reserve);
        }

        return refused >= 0 ? Refuse(exchange, tokens, refused) : Pass(exchange);
    }

    // All that may deny it has let it pass: what is only observed may say its word, for the record.
    private static bool Pass(GatewayExchange exchange)
    {
        if (exchange.Tenant!.Strict is not null)
        {
            exchange.ObservedRefusal = exchange.Rates.ObservedRefusal;
            exchange.Observed = PolicyEvaluator.Observe(exchange.Policy!.Compiled, exchange.Facts);
        }

        return true;
    }

    private bool Refuse(GatewayExchange exchange, long tokens, int refused)
    {
        var now = Ticks.Now(clock);
        var slowest = exchange.Rates.Slowest(tokens, now, exchange.Workload.Reserve);
        if (models.Soonest(exchange, tokens, now) is var model && model.Wait > slowest.Wait)
        {
            slowest = model;
        }

        exchange.Rates.Expect(now, slowest.Wait);
        // What refused may have room again by now.
        var limit = slowest.Limit ?? exchange.Rates[refused];
        exchange.Refusal = limit.Refuse(slowest.Wait, tokens, now, exchange.Workload.Reserve);
        return exchange.Passes(PolicyEvaluator.AdmitUse(exchange.Facts), node);
    }
}
