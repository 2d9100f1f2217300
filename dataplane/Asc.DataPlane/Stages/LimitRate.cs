using System.Runtime.CompilerServices;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that every limit of the tenant, its ancestors, the key and the model that is asked first has room, and holds it; on the way out what
/// was held is settled to what was used, whatever became of the request.
/// </summary>
internal sealed class LimitRate(LimitBinding binding, IShareSource shares, NodeIdentity node, TimeProvider clock) : IStage
{
    // How long a request may wait for what other nodes have of a limit, rather than be refused while most of it lies idle.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private const int WaitingMaximum = 1000;
    private readonly ConditionalWeakTable<CompiledTenant, byte[]> outputMembers = [];
    private int waiting;

    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var tenant = exchange.Tenant!;
        if (tenant.MaxOutputTokens is not null && !BoundOutput(exchange, tenant))
        {
            return new(false);
        }

        var taking = exchange.Rates;
        Add(taking, binding.OfKey(exchange.Key!, exchange.Grant, tenant), exchange.Name!);
        Add(taking, binding.OfTenant(tenant), exchange.Name!);
        var workload = exchange.Workload;
        Add(taking, binding.OfWorkload(workload, tenant), exchange.Name!);
        Add(taking, binding.OfModel(exchange.Candidate!.Model), exchange.Name!);
        var tokens = TokensAtMost(exchange, tenant);
        var refused = taking.Count == 0 ? -1 : taking.TryTakeAll(tokens, Ticks.Now(clock), workload.Reserve);
        return refused >= 0 ? WaitAsync(exchange, tokens, refused) : new(Pass(exchange));
    }

    public ValueTask LeaveAsync(GatewayExchange exchange)
    {
        if (exchange.Rates.Count > 0)
        {
            exchange.SettleUsage();
            var used = exchange.Usage;
            exchange.Rates.Settle(used.Input + used.CachedRead + used.CacheWrite + used.Output, Ticks.Now(clock));
        }

        return default;
    }

    private bool BoundOutput(GatewayExchange exchange, CompiledTenant tenant)
    {
        if (exchange.Request.MaxOutput.Asked is null)
        {
            exchange.OutputMember = outputMembers.TryGetValue(tenant, out var member)
                ? member
                : outputMembers.GetValue(tenant, static tenant => ForwardedChatBody.OutputMember(tenant.MaxOutputTokens!.Value).ToArray());
            return true;
        }

        return exchange.Passes(PolicyEvaluator.AdmitOutput(exchange.Facts), node);
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

    // A token is a byte at least, and each choice may be as long as the longest.
    private static long TokensAtMost(GatewayExchange exchange, CompiledTenant tenant)
    {
        var output = exchange.Request.MaxOutput;
        return exchange.Body.Length + ((output.Asked ?? tenant.MaxOutputTokens ?? 0) * Math.Clamp(output.Choices, 1, 128));
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
        var (limit, wait) = exchange.Rates.Slowest(tokens, Ticks.Now(clock), exchange.Workload.Reserve, refused);
        exchange.Refusal = limit.Refuse(wait);
        return exchange.Passes(PolicyEvaluator.AdmitUse(exchange.Facts), node);
    }
}
