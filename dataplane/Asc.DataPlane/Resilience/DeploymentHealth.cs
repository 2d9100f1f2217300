using System.Runtime.CompilerServices;
using Asc.Policy.Documents;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Asc.DataPlane.Resilience;

/// <summary>
/// What this node knows of one deployment: whether it is well, and how much it may be asked again. Outlives policy versions. A circuit opens
/// where half the calls of ten seconds failed, and lets one probe through when it has been open for a while.
/// </summary>
internal sealed class DeploymentHealth
{
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RestUnlessTold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeastLoss = TimeSpan.FromSeconds(1);
    private readonly TimeProvider clock;
    private readonly ResiliencePipeline<Attempt> circuit;
    private readonly ResiliencePipeline<Attempt> retries;
    private readonly CircuitBreakerStateProvider state = new();
    private long openUntil;
    private long restsUntil;
    // Told by one probe at a time.
    private int abandonedProbes;
    private int inFlight;
    private long calls;
    private long failures;

    public DeploymentHealth(DeploymentIdentity identity, RetryBudget budget, TimeProvider clock, ResilienceLog log)
    {
        (Identity, Budget, this.clock) = (identity, budget, clock);
        (FirstToken, Answer) = (new(clock), new(clock));
        circuit = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }.AddCircuitBreaker(CircuitOptions(log)).Build();
        retries = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }.AddRetry(RetryOptions).Build();
    }

    public DeploymentIdentity Identity { get; }

    public RetryBudget Budget { get; }

    /// <summary>Calls in progress.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>How long streams take to their first token.</summary>
    public PeakAverage FirstToken { get; }

    /// <summary>How long answers take that come whole.</summary>
    public PeakAverage Answer { get; }

    /// <summary>How long one more call would take, as those do that are in progress. What isn't known is taken to be fast, yet not for any number at once.</summary>
    public double ExpectedMilliseconds(bool stream, long now) => Math.Max(AverageOf(stream).At(now), 1) * (InFlight + 1);

    /// <summary>Calls since the node started.</summary>
    public long Calls => Volatile.Read(ref calls);

    /// <summary>Those that failed, broke after their first token or were refused.</summary>
    public long Failures => Volatile.Read(ref failures);

    public CircuitState Circuit => state.CircuitState;

    /// <summary>Whether it is not to be called now.</summary>
    public bool IsOpen(long now) => Volatile.Read(ref openUntil) > now;

    /// <summary>How long it is not to be called.</summary>
    public TimeSpan OpenFor(long now) => clock.GetElapsedTime(now, Math.Max(now, Volatile.Read(ref openUntil)));

    /// <summary>Whether it asked to be left alone: it is called last.</summary>
    public bool IsResting(long now) => Volatile.Read(ref restsUntil) > now;

    /// <summary>Calls it, and again where its failure and the budget allow.</summary>
    /// <exception cref="BrokenCircuitException">In the outcome: its circuit is open, and no call was made.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Outcome<Attempt>> CallAsync(ProviderCaller caller, Attempt attempt, CancellationToken abandoned)
    {
        Budget.Count();
        Interlocked.Increment(ref inFlight);
        try
        {
            var outcome = await CallOnceAsync(caller, attempt, abandoned);
            await TellCircuitOnceAsync(attempt);
            if (outcome.Exception is null && attempt.End.AsRetryable() != RetryableFailures.None)
            {
                outcome = await RepeatAsync(caller, attempt, abandoned);
            }

            if (attempt.End == AttemptEnd.RateLimited)
            {
                Rest(attempt.RetryAfter ?? RestUnlessTold);
            }

            return outcome;
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    // A closed circuit lets everything through, so it is told of a call when that has ended: nothing waits in the library's layers meanwhile.
    private ValueTask<Outcome<Attempt>> CallOnceAsync(ProviderCaller caller, Attempt attempt, CancellationToken abandoned)
    {
        attempt.IsProbe = state.CircuitState != CircuitState.Closed;
        return attempt.IsProbe ? ProbeAsync(caller, attempt, abandoned) : caller.CallAsync(attempt, abandoned);
    }

    private async ValueTask<Outcome<Attempt>> ProbeAsync(ProviderCaller caller, Attempt attempt, CancellationToken abandoned)
    {
        var context = ResilienceContextPool.Shared.Get(abandoned);
        try
        {
            return await circuit.ExecuteOutcomeAsync(
                static (context, call) => call.Caller.CallAsync(call.Attempt, context.CancellationToken), context, (Caller: caller, Attempt: attempt));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<Attempt>> RepeatAsync(ProviderCaller caller, Attempt attempt, CancellationToken abandoned)
    {
        var context = ResilienceContextPool.Shared.Get(abandoned);
        var calls = 0;
        try
        {
            // The first of them has been made.
            return await retries.ExecuteOutcomeAsync(
                async (context, attempt) =>
                {
                    var outcome = calls++ == 0 ? Outcome.FromResult(attempt) : await CallOnceAsync(caller, attempt, context.CancellationToken);
                    await (calls == 1 ? default : TellCircuitOnceAsync(attempt));
                    return outcome;
                },
                context,
                attempt);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // A probe ran within the circuit, which knows. A call that began before the circuit opened says nothing of how the deployment is by now.
    private ValueTask TellCircuitOnceAsync(Attempt attempt) => attempt.IsProbe || state.CircuitState != CircuitState.Closed ? default : TellCircuitAsync(attempt);

    private async ValueTask TellCircuitAsync(Attempt attempt)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        _ = await circuit.ExecuteOutcomeAsync(static (_, attempt) => new ValueTask<Outcome<Attempt>>(Outcome.FromResult(attempt)), context, attempt);
        ResilienceContextPool.Shared.Return(context);
    }

    /// <summary>A call has ended, or its answer begun.</summary>
    public void Count(Attempt attempt)
    {
        Interlocked.Increment(ref calls);
        switch (attempt)
        {
            case { Error: null, Exchange.Request.Stream: true }:
                FirstToken.Add(attempt.Duration(clock), attempt.AnsweredTimestamp);
                break;
            case { Error: null }:
                Answer.Add(attempt.Duration(clock), attempt.AnsweredTimestamp);
                break;
            case { End: AttemptEnd.Abandoned }:
                CountOvertaken(attempt);
                break;
            case { End: AttemptEnd.Rejected or AttemptEnd.ForeignReasoning or AttemptEnd.Forbidden or AttemptEnd.Untranslatable or AttemptEnd.TooLarge }:
                // The request's own fault, or as good as that, or a bound of the node's: it says nothing of the deployment.
                break;
            default:
                Interlocked.Increment(ref failures);
                CountLost(attempt);
                break;
        }
    }

    // It takes its caller so long to get to somebody else; and who fails at once is not to be asked first for it.
    private void CountLost(Attempt attempt)
    {
        if (attempt.End is AttemptEnd.TimedOut or AttemptEnd.ServerError)
        {
            var lost = attempt.Duration(clock);
            AverageOf(attempt.Exchange.Request.Stream).Add(lost < LeastLoss ? LeastLoss : lost, clock.GetTimestamp());
        }
    }

    // It would have taken longer still: hedging must not hide how slow it is from who asks the fastest first.
    private void CountOvertaken(Attempt attempt)
    {
        var (average, soFar, now) = (AverageOf(attempt.Exchange.Request.Stream), attempt.Duration(clock), clock.GetTimestamp());
        if (soFar.TotalMilliseconds > average.At(now))
        {
            average.Add(soFar, now);
        }
    }

    private PeakAverage AverageOf(bool stream) => stream ? FirstToken : Answer;

    /// <summary>A stream that had begun well broke: that counts like a call that failed.</summary>
    public async ValueTask CountBrokenStreamAsync(Attempt attempt)
    {
        Interlocked.Increment(ref failures);
        // Twice: its beginning was told as a success, and half of the streams breaking is to be half of the calls failing.
        await (state.CircuitState == CircuitState.Closed ? TellCircuitAsync(attempt) : default);
        await (state.CircuitState == CircuitState.Closed ? TellCircuitAsync(attempt) : default);
    }

    private static readonly RetryStrategyOptions<Attempt> RetryOptions = new()
    {
        MaxRetryAttempts = RetryDocument.MaximumAttempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(25),
        MaxDelay = TimeSpan.FromSeconds(1),
        ShouldHandle = static arguments => new(arguments.Outcome.Result is { } attempt && attempt.MayBeRepeated(arguments.AttemptNumber + 1)),
        DelayGenerator = static arguments => new(arguments.Outcome.Result!.RetryAfter),
    };

    private CircuitBreakerStrategyOptions<Attempt> CircuitOptions(ResilienceLog log) => new()
    {
        FailureRatio = 0.5,
        SamplingDuration = TimeSpan.FromSeconds(10),
        MinimumThroughput = 10,
        BreakDurationGenerator = arguments => new(BreakAfter(arguments.HalfOpenAttempts - abandonedProbes)),
        StateProvider = state,
        ShouldHandle = arguments => new(arguments.Outcome.Result is { } attempt && (attempt.End.SpeaksAgainstDeployment() || IsAbandonedProbe(attempt))),
        OnOpened = arguments =>
        {
            Volatile.Write(ref openUntil, After(arguments.BreakDuration));
            log.Opened(Identity.Provider, Identity.UpstreamModel, Identity.Region, arguments.BreakDuration.TotalSeconds);
            return default;
        },
        OnHalfOpened = _ =>
        {
            // One probes; the others go elsewhere meanwhile.
            Volatile.Write(ref openUntil, After(ShortestBreak));
            return default;
        },
        OnClosed = _ =>
        {
            Volatile.Write(ref openUntil, 0);
            abandonedProbes = 0;
            log.Closed(Identity.Provider, Identity.UpstreamModel, Identity.Region);
            return default;
        },
    };

    // A probe that nobody waited for, or that was not sent, has proved nothing: the circuit opens again, for no longer than before.
    private bool IsAbandonedProbe(Attempt attempt)
    {
        if (attempt.End is not (AttemptEnd.Abandoned or AttemptEnd.Untranslatable) || state.CircuitState != CircuitState.HalfOpen)
        {
            return false;
        }

        abandonedProbes++;
        return true;
    }

    private static TimeSpan BreakAfter(int probes) => TimeSpan.FromSeconds(Math.Min(ShortestBreak.TotalSeconds * (1 << Math.Min(probes, 10)), LongestBreak.TotalSeconds));

    private void Rest(TimeSpan wanted) => Volatile.Write(ref restsUntil, After(wanted < LongestRest ? wanted : LongestRest));

    private long After(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
}

/// <summary>What makes a deployment the same in two policy versions.</summary>
internal sealed record DeploymentIdentity(string Provider, Uri BaseUrl, string UpstreamModel, string Region);

/// <summary>Events 1140-1149: circuits.</summary>
internal sealed partial class ResilienceLog(ILogger<ResilienceLog> logger)
{
    [LoggerMessage(1140, LogLevel.Warning, "The circuit of {UpstreamModel} of {Provider} in {Region} opened for {Seconds} s: half its calls failed")]
    public partial void Opened(string provider, string upstreamModel, string region, double seconds);

    [LoggerMessage(1141, LogLevel.Information, "The circuit of {UpstreamModel} of {Provider} in {Region} closed: it answers again")]
    public partial void Closed(string provider, string upstreamModel, string region);
}
