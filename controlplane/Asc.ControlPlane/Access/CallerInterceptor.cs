using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Mediation;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Asc.ControlPlane.Access;

/// <summary>Lets in who may call a service: admins the admin API, nodes the nodes' services, nobody anything else.</summary>
internal sealed class CallerInterceptor(ICallerAuthenticator authenticator) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AuthenticateAsync(context);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AuthenticateAsync(context);
        await continuation(request, responseStream, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AuthenticateAsync(context);
        return await continuation(requestStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AuthenticateAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async Task AuthenticateAsync(ServerCallContext context)
    {
        var call = context.GetHttpContext();
        var service = context.Method.Split('/', 3)[1];
        if (service == Contracts.Admin.V1.Admin.Descriptor.FullName)
        {
            var admin = await authenticator.AuthenticateAdminAsync(call);
            call.RequestServices.GetRequiredService<CommandContext>().Caller = admin;
        }
        else if (service == PolicyDistribution.Descriptor.FullName || service == Contracts.Telemetry.V1.Telemetry.Descriptor.FullName
            || service == Contracts.Accounting.V1.Accounting.Descriptor.FullName)
        {
            context.UserState[typeof(NodeCaller)] = await authenticator.AuthenticateNodeAsync(call);
        }
        else
        {
            throw AdminException.NotPermitted($"{context.Method} is open to nobody.");
        }
    }
}

/// <summary>The node on the other end.</summary>
internal static class CallerOfCall
{
    public static NodeCaller NodeCaller(this ServerCallContext context) => (NodeCaller)context.UserState[typeof(NodeCaller)];
}
