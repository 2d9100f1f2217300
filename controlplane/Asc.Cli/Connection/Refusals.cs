using Asc.Contracts.Admin.V1;
using Grpc.Core;

namespace Asc.Cli.Connection;

/// <summary>A gRPC status as the CLI's own refusal.</summary>
internal static class Refusals
{
    public static CliException ToCliException(this RpcException exception, Uri server)
    {
        if (exception.Trailers.Get("asc-error-bin") is { } detail)
        {
            return new(ExitCodeOf(exception.StatusCode), AdminError.Parser.ParseFrom(detail.ValueBytes));
        }

        return TransportFailure.Of(exception.Status, server) is { } failure
            ? new(ExitCode.Unreachable, failure)
            : new(ExitCodeOf(exception.StatusCode), new AdminError { Code = CodeOf(exception.StatusCode), Message = Readable(exception.Status) });
    }

    private static string Readable(Status status) => status.StatusCode switch
    {
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
