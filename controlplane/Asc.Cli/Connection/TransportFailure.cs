using System.Net.Sockets;
using System.Security.Authentication;
using Asc.Contracts.Admin.V1;
using Grpc.Core;

namespace Asc.Cli.Connection;

/// <summary>A call that no control plane answered: what can't be reached, where, and what to do.</summary>
internal static class TransportFailure
{
    private const string NoGrpc = "Bad gRPC response. ";
    private const string CheckAddress = "Check the address that --server, ASC_SERVER or the context gives.";

    // As the gRPC client begins its own texts.
    private static readonly string[] BeforeAnyAnswer = ["Error starting gRPC call.", "Error connecting to subchannel."];

    /// <summary>Null where a control plane answered.</summary>
    public static AdminError? Of(Status status, Uri server)
    {
        var at = server.GetLeftPart(UriPartial.Authority);
        if (status.Detail.StartsWith(NoGrpc, StringComparison.Ordinal))
        {
            return Unreachable($"What answers at {at} is no control plane ({status.Detail[NoGrpc.Length..].TrimEnd('.')}).", CheckAddress);
        }

        return status.DebugException is { } exception && HasNoAnswer(exception)
            ? Said(exception, at, server.Host, Array.Exists(BeforeAnyAnswer, start => status.Detail.StartsWith(start, StringComparison.Ordinal)))
            : null;
    }

    private static bool HasNoAnswer(Exception exception) => exception is HttpRequestException or SocketException or IOException or OperationCanceledException or TimeoutException;

    private static AdminError Said(Exception exception, string at, string host, bool isAtTheStart) => ErrorOf(exception) switch
    {
        HttpRequestError.NameResolutionError => Unreachable($"The control plane at {at} can't be reached: {host} is not a name that is known here.", CheckAddress),
        HttpRequestError.SecureConnectionError => Unreachable($"The control plane at {at} can't be reached safely: {Innermost(exception).TrimEnd('.')}.", "Check that it speaks https there, and that this machine trusts its certificate."),
        HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse or HttpRequestError.VersionNegotiationError when isAtTheStart =>
            Unreachable($"What answers at {at} is no control plane.", CheckAddress),
        not HttpRequestError.ResponseEnded when isAtTheStart && exception is not IOException => Unreachable(
            $"The control plane at {at} can't be reached: {(exception is OperationCanceledException or TimeoutException ? "no answer came in time" : Innermost(exception).TrimEnd('.'))}.",
            $"See whether it runs. {CheckAddress}"),
        _ => Unreachable($"The connection to the control plane at {at} broke.", "See whether it runs, then repeat the command."),
    };

    // TLS says what is wrong in an exception of its own, and only sometimes the request does too.
    private static HttpRequestError ErrorOf(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => HttpRequestError.NameResolutionError,
        HttpRequestException { InnerException: AuthenticationException } => HttpRequestError.SecureConnectionError,
        // The connection came to be, and what was said on it was no HTTP/2.
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown } request when request.GetBaseException() is not SocketException => HttpRequestError.InvalidResponse,
        HttpRequestException request => request.HttpRequestError,
        HttpIOException io => io.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;

    private static AdminError Unreachable(string message, string fix) => new() { Code = "unreachable", Message = message, Fix = fix };
}
