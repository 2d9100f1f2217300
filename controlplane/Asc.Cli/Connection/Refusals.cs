using Asc.Contracts.Admin.V1;
using Grpc.Core;

namespace Asc.Cli.Connection;

/// <summary>A gRPC status as the CLI's own refusal.</summary>
internal static class Refusals
{
    public static CliException ToCliException(this RpcException exception)
    {
        var error = exception.Trailers.Get("asc-error-bin") is { } detail
            ? AdminError.Parser.ParseFrom(detail.ValueBytes)
            : new AdminError { Code = CodeOf(exception.StatusCode), Message = Readable(exception.Status) };
        return new CliException(ExitCodeOf(exception.StatusCode), error);
    }

    private static string Readable(Status status) => status.StatusCode switch
    {
        StatusCode.Unavailable => $"The control plane can't be reached: {(status.DebugException?.InnerException ?? status.DebugException)?.Message ?? status.Detail}",
        StatusCode.Unauthenticated => "The control plane does not know this token.",
        _ => status.Detail.Length > 0 ? status.Detail : status.StatusCode.ToString(),
    };

    private static string CodeOf(StatusCode status) => status switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded => "unreachable",
        StatusCode.Unauthenticated => "unauthenticated",
        StatusCode.PermissionDenied => "not_permitted",
        StatusCode.NotFound => "not_found",
        _ => "failed",
    };

    private static int ExitCodeOf(StatusCode status) => status switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded => ExitCode.Unreachable,
        StatusCode.NotFound => ExitCode.NotFound,
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => ExitCode.NotPermitted,
        _ => ExitCode.Refused,
    };
}
