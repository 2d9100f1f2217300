using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Asc.DataPlane.Tests.Providers;

/// <summary>A server that does with each connection what the test says, byte for byte.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Task> conversations = [];
    private readonly Task accepting;
    private int connections;

    public ScriptedProvider(Func<Stream, Task> converse)
    {
        listener.Start();
        accepting = AcceptAsync(converse);
    }

    public int Connections => Volatile.Read(ref connections);

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Reads one request: its head as text, its body away.</summary>
    public static async Task<string> ReadRequestAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("Content-Length: ")[1].Split("\r\n")[0];
        await stream.ReadExactlyAsync(new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)]);
        return head.ToString();
    }

    public static Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Lets nobody in any more.</summary>
    public void Refuse() => listener.Stop();

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations);
    }

    private async Task AcceptAsync(Func<Stream, Task> converse)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync();
                Interlocked.Increment(ref connections);
                conversations.Add(ConverseAsync(socket, converse));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static async Task ConverseAsync(Socket socket, Func<Stream, Task> converse)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await converse(stream);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The other side ended it.
        }
    }
}
