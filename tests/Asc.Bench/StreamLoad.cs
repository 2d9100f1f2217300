using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Asc.Bench;

/// <summary>Closed-loop streams: each of N connections asks, reads the stream to its end, and asks again.</summary>
internal sealed class StreamLoad(Uri url, string headers, string body)
{
    private readonly byte[] request = Encoding.ASCII.GetBytes(
        $"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    private long events;
    private long streams;
    private long firstEvents;
    private long firstEventTicks;

    public async Task<StreamResult> RunAsync(int connections, TimeSpan time)
    {
        using var stop = new CancellationTokenSource(time);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => ConnectionAsync(stop.Token)));
        return new(events, streams, firstEvents == 0 ? 0 : firstEventTicks * 1e3 / Stopwatch.Frequency / firstEvents);
    }

    private async Task ConnectionAsync(CancellationToken stop)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port, CancellationToken.None);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await socket.SendAsync(request, SocketFlags.None, stop);
                await StreamAsync(socket, buffer, stop);
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task StreamAsync(Socket socket, byte[] buffer, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var kept = 0;
        var first = true;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(kept), SocketFlags.None, stop);
            if (read == 0)
            {
                throw new InvalidOperationException("the server closed the connection: " + Encoding.ASCII.GetString(buffer, 0, kept));
            }

            var text = buffer.AsSpan(0, kept + read);
            var came = Count(text, kept);
            Interlocked.Add(ref events, came);
            if (first && came > 0)
            {
                // Not the first byte: a head that comes alone is no token.
                first = false;
                Interlocked.Add(ref firstEventTicks, Stopwatch.GetTimestamp() - started);
                Interlocked.Increment(ref firstEvents);
            }

            // The last chunk of a chunked body.
            if (text.EndsWith("0\r\n\r\n"u8))
            {
                Interlocked.Increment(ref streams);
                return;
            }

            kept = Math.Min(text.Length, 8);
            text[^kept..].CopyTo(buffer);
        }
    }

    private static int Count(ReadOnlySpan<byte> text, int kept)
    {
        var count = 0;
        for (var at = text.IndexOf("data:"u8); at >= 0;)
        {
            // What ended before the new bytes was counted before.
            count += at + 5 > kept ? 1 : 0;
            var next = text[(at + 5)..].IndexOf("data:"u8);
            at = next < 0 ? -1 : at + 5 + next;
        }

        return count;
    }
}

/// <param name="FirstEventMs">Mean time to the first event.</param>
internal sealed record StreamResult(long Events, long Streams, double FirstEventMs);
