namespace Asc.ControlPlane.Mediation;

internal static partial class MediationLog
{
    [LoggerMessage(2000, LogLevel.Information, "{Action} {Subject} by {Actor}")]
    public static partial void CommandDone(this ILogger logger, string action, string subject, string actor);

    [LoggerMessage(2001, LogLevel.Error, "{Method} failed unexpectedly, correlation id {CorrelationId}")]
    public static partial void UnexpectedFailure(this ILogger logger, Exception exception, string method, string correlationId);

    [LoggerMessage(2003, LogLevel.Error, "{Method} failed because the database does not answer, correlation id {CorrelationId}")]
    public static partial void DatabaseDoesNotAnswer(this ILogger logger, Exception exception, string method, string correlationId);

    [LoggerMessage(2002, LogLevel.Information, "{Method} refused with {Code}, correlation id {CorrelationId}")]
    public static partial void Refused(this ILogger logger, string method, string code, string correlationId);
}
