namespace Asc.ControlPlane.Observability;

internal static partial class ObservabilityLog
{
    [LoggerMessage(2301, LogLevel.Information, "The control plane listens on {Address} and signs with {KeyId}")]
    public static partial void Listening(this ILogger logger, string address, string keyId);
}
