using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Asc.DataPlane.Tests;

/// <summary>Answers each connection's first request with given bytes and closes: what no decent provider does.</summary>
internal sealed class OddProvider : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public OddProvider(string answer)
    {
        listener.Start();
        serving = ServeAsync(Encoding.UTF8.GetBytes(answer));
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1";

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync();
                await socket.ReceiveAsync(new byte[64 * 1024]);
                await socket.SendAsync(answer);
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
