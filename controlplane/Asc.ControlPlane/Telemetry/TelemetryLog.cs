namespace Asc.ControlPlane.Telemetry;

internal static partial class TelemetryLog
{
    [LoggerMessage(2200, LogLevel.Warning, "Node {Node}, epoch {Epoch}: the record {Sequence} is missing; nothing behind it is acknowledged")]
    public static partial void Gap(this ILogger logger, string node, ulong epoch, ulong sequence);

    [LoggerMessage(2201, LogLevel.Warning, "Node {Node}, epoch {Epoch}: the record {Sequence} is refused: {Reason}")]
    public static partial void RecordRefused(this ILogger logger, string node, ulong epoch, ulong sequence, string reason);

    [LoggerMessage(2202, LogLevel.Warning, "When keys were last used could not be written down")]
    public static partial void KeyUseNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(2203, LogLevel.Warning, "Node {Node}, epoch {Epoch}: records after {After} through {Through} were acknowledged to it and are not here: the database was restored from an older backup, and they are lost")]
    public static partial void LostWithTheDatabase(this ILogger logger, string node, ulong epoch, ulong after, ulong through);
}
