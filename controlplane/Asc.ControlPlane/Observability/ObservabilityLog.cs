namespace Asc.ControlPlane.Observability;

internal static partial class ObservabilityLog
{
    [LoggerMessage(2300, LogLevel.Warning, "Not ready: the database does not answer")]
    public static partial void NotReady(this ILogger logger, Exception exception);
}
