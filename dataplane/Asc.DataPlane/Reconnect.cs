using Polly;
using Polly.Retry;

namespace Asc.DataPlane;

/// <summary>How a node comes back to the control plane: for ever, with growing, jittered pauses, so that a restart is not met by all nodes at once.</summary>
internal static class Reconnect
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    public static ResiliencePipeline Create(DataPlaneOptions options, TimeProvider clock, Action<TimeSpan, Exception?>? onRetry = null) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = options.ReconnectDelayMaximum,
                OnRetry = arguments =>
                {
                    onRetry?.Invoke(arguments.RetryDelay, arguments.Outcome.Exception);
                    return default;
                },
            })
            .Build();
}
