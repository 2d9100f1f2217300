using Asc.Contracts.Admin.V1;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>What a refused call answers.</summary>
internal static class Refusal
{
    public static async Task<(StatusCode Status, AdminError Error)> OfAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException exception)
        {
            var detail = exception.Trailers.GetValueBytes("asc-error-bin");
            return (exception.StatusCode, detail is null ? new() : AdminError.Parser.ParseFrom(detail));
        }

        Assert.Fail("the call should have been refused");
        return default;
    }

    public static Task<(StatusCode Status, AdminError Error)> OfAsync<T>(AsyncUnaryCall<T> call) => OfAsync(async () => await call);
}
