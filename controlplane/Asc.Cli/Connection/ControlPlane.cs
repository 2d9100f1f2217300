using Asc.Contracts.Admin.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Asc.Cli.Connection;

/// <summary>The control plane that a command speaks to, as an admin.</summary>
internal sealed class ControlPlane : IDisposable
{
    private readonly GrpcChannel channel;

    public ControlPlane(Uri server, string token, CancellationToken cancellation)
    {
        Server = server;
        channel = GrpcChannel.ForAddress(server, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = 64 * 1024 * 1024,
        });
        Admin = new(channel);
        Call = new CallOptions(new Metadata { { "authorization", "Bearer " + token } }, cancellationToken: cancellation);
    }

    public Uri Server { get; }

    public Admin.AdminClient Admin { get; }

    /// <summary>What goes with each call.</summary>
    public CallOptions Call { get; }

    public void Dispose() => channel.Dispose();
}
