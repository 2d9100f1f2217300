using System.Threading.Channels;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Distribution;

/// <summary>How far each counter has come: whoever has seen other numbers has something to look at.</summary>
internal sealed record Commits(long Policy, long Access, long Tokens, long Timeline, long Epoch)
{
    public static Commits None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Whether a number is smaller than before, which no commit does.</summary>
    public bool IsBehind(Commits before) =>
        Policy < before.Policy || Access < before.Access || Tokens < before.Tokens || Timeline < before.Timeline || Epoch < before.Epoch;
}

/// <summary>
/// Notices commits: at once those of this process, which wakes it, and by polling those of other replicas. One query serves all who wait.
/// </summary>
internal sealed class CommitWatch(
    ControlPlaneStore store, ControlPlaneOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<CommitWatch> logger) : BackgroundService
{
    // Much longer than a look takes; a database that is away may let one wait for minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Commits current = Commits.None;
    private volatile bool hasLooked;
    private volatile bool isFailing;

    public Commits Current => current;

    /// <summary>Whether the database has answered at all.</summary>
    public bool HasLooked => hasLooked;

    /// <summary>Whether the last look found no database.</summary>
    public bool IsDatabaseAway => isFailing;

    /// <summary>Something was committed here.</summary>
    public void Wake() => wakes.Writer.TryWrite(true);

    /// <summary>Returns as soon as the counters differ from <paramref name="seen"/>.</summary>
    public async Task<Commits> WaitAsync(Commits seen, CancellationToken cancellation)
    {
        while (true)
        {
            var signal = changed;
            if (current is var now && now != seen)
            {
                return now;
            }

            await signal.Task.WaitAsync(cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                patience.CancelAfter(Patience);
                if (!await LookAsync(patience.Token))
                {
                    // Versions, keys and tokens that this process holds in memory never were, or may come to mean something else.
                    logger.DatabaseWentBack();
                    lifetime.StopApplication();
                    return;
                }

                (isFailing, hasLooked) = (false, true);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away: what is known stays in force, and the next look tells when it is back.
                if (!isFailing)
                {
                    logger.DatabaseAway(exception);
                }

                isFailing = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await PauseAsync(stoppingToken);
        }
    }

    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        var counters = await store.ReadAsync(database => database.Counters.ToDictionaryAsync(counter => counter.Name, counter => counter.Value, cancellation), cancellation);
        var seen = new Commits(
            counters.GetValueOrDefault(CounterNames.Policy),
            counters.GetValueOrDefault(CounterNames.Access),
            counters.GetValueOrDefault(CounterNames.Tokens),
            counters.GetValueOrDefault(CounterNames.Timeline),
            counters.GetValueOrDefault(CounterNames.Epoch));
        if (seen.IsBehind(current))
        {
            return false;
        }

        if (seen != current)
        {
            current = seen;
            var signal = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            signal.SetResult();
        }

        return true;
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        using var interval = new CancellationTokenSource(options.PollInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, interval.Token);
        try
        {
            await wakes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look, or to stop.
        }
    }
}
