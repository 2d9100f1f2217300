using System.Collections.Concurrent;

namespace Asc.DataPlane.Providers;

/// <summary>
/// Tells the node's log why calls to a provider come to nothing: the caller is told less. Of each kind a line now and then, with how many were like
/// it, as a provider that is down fails every request.
/// </summary>
internal sealed partial class ProviderFailures(TimeProvider clock, ILogger<ProviderFailures> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(string Provider, UpstreamFailure Failure), Told> told = new();

    /// <param name="problem">Holds neither secret nor prompt: an <see cref="UpstreamException"/>'s own words.</param>
    public void Tell(string provider, UpstreamFailure failure, string problem)
    {
        var last = told.GetOrAdd((provider, failure), static _ => new());
        if (last.TryTakeTurn(clock.GetUtcNow(), out var untold))
        {
            Failed(provider, failure, problem, untold);
        }
    }

    [LoggerMessage(1122, LogLevel.Warning, "A call to {Provider} failed: {Failure}: {Problem} (and {Untold} like it since the last such line)")]
    private partial void Failed(string provider, UpstreamFailure failure, string problem, int untold);

    private sealed class Told
    {
        private readonly Lock turn = new();
        private DateTimeOffset next;
        private int count;

        public bool TryTakeTurn(DateTimeOffset now, out int untold)
        {
            lock (turn)
            {
                untold = count;
                var isDue = now >= next;
                (next, count) = isDue ? (now + Interval, 0) : (next, count + 1);
                return isDue;
            }
        }
    }
}
