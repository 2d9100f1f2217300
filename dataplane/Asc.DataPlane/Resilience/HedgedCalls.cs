using Asc.Policy.Decisions;
using Polly;
using Polly.Hedging;

namespace Asc.DataPlane.Resilience;

/// <summary>
/// Asks the next target as well where the one before has failed, or has not answered for a while; the first to answer serves, and the calls to the
/// others end at once. What targets are asked too early counts as retries do.
/// </summary>
internal sealed class HedgedCalls(TimeProvider clock)
{
    private static readonly ResiliencePropertyKey<Race> RaceKey = new("asc.race");
    private readonly ResiliencePipeline<Attempt> pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }.AddHedging(Options).Build();

    /// <summary>Calls by rank until one answers.</summary>
    /// <param name="call">Calls the candidate of a rank in an attempt of its own.</param>
    /// <returns>Who answered, else who was called last, and how many were called.</returns>
    public async ValueTask<(Attempt Attempt, int Called)> CallAsync(GatewayExchange exchange, Func<GatewayExchange, int, Attempt, CancellationToken, ValueTask> call, CancellationToken abandoned)
    {
        var race = new Race(exchange, call);
        var context = ResilienceContextPool.Shared.Get(abandoned);
        context.Properties.Set(RaceKey, race);
        Attempt? first = null;
        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(static (context, race) => race.RunAsync(context.CancellationToken), context, race);
            outcome.ThrowIfException();
            first = outcome.Result!;
            return (first, race.Called);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            // They belong to an exchange that is about to go on without them.
            await race.EndAsync(first, clock);
        }
    }

    private static readonly HedgingStrategyOptions<Attempt> Options = new()
    {
        // The most that the library takes.
        MaxHedgedAttempts = 10,
        DelayGenerator = static arguments => new(arguments.Context.Properties.GetValue(RaceKey, null!).Patience),
        ShouldHandle = static arguments => new(arguments.Outcome.Result is { Error: not null } attempt && attempt.End.LeavesHope()),
        ActionGenerator = static arguments => arguments.PrimaryContext.Properties.GetValue(RaceKey, null!).Next(arguments.ActionContext.CancellationToken),
    };

    /// <summary>One request's calls.</summary>
    private sealed class Race(GatewayExchange exchange, Func<GatewayExchange, int, Attempt, CancellationToken, ValueTask> call)
    {
        private readonly List<Attempt> attempts = [];
        private readonly List<Task> calls = [];

        public int Called => attempts.Count;

        public TimeSpan Patience => exchange.Serving.HedgeAfter!.Value;

        public async ValueTask<Outcome<Attempt>> RunAsync(CancellationToken abandoned)
        {
            var attempt = attempts.Count == 0 ? exchange.Attempt : new Attempt();
            attempts.Add(attempt);
            var calling = call(exchange, attempts.Count - 1, attempt, abandoned).AsTask();
            calls.Add(calling);
            try
            {
                await calling;
                return Outcome.FromResult(attempt);
            }
            catch (Exception exception)
            {
                return Outcome.FromException<Attempt>(exception);
            }
        }

        // Null: nobody is left, or it would be more extra load than is allowed. The library asks again after each delay.
        public Func<ValueTask<Outcome<Attempt>>>? Next(CancellationToken abandoned) =>
            attempts.Count < exchange.Ranking.Count && MayCall() ? () => RunAsync(abandoned) : null;

        // Where all have failed already nothing of it is extra. Else it is for the provider that is asked.
        private bool MayCall() => calls.TrueForAll(calling => calling.IsCompleted) || exchange.Deployments[exchange.Ranking[attempts.Count]].Budget.TryTake();

        public async ValueTask EndAsync(Attempt? first, TimeProvider clock)
        {
            await Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default);
            foreach (var late in attempts.Where(attempt => attempt != first && attempt.Error is null))
            {
                late.Fail(AttemptEnd.Abandoned, new(ErrorCode.ClientClosedRequest, "Another target answered first."));
                await late.ReleaseAsync();
                exchange.Trail.Add(late, clock);
            }
        }
    }
}
