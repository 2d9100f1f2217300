using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Asc.Bench;

/// <summary>JSON requests at a fixed rate, whatever the answers do: the load that most gateways really have.</summary>
internal static class PacedLoad
{
    private const int Connections = 16;

    /// <returns>Requests done, and median and 99th percentile latency in microseconds.</returns>
    public static async Task<WrkResult> RunAsync(Uri url, string headers, string body, int perSecond, TimeSpan time)
    {
        var request = Encoding.ASCII.GetBytes(
            $"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");
        var interval = TimeSpan.FromSeconds(1.0 / perSecond);
        var latencies = await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => ConnectionAsync(url, request, interval * i, interval * Connections, time)));
        var all = latencies.SelectMany(each => each).Order().ToArray();
        return new(all.Length, 0, all[all.Length / 2], all[all.Length * 99 / 100]);
    }

    private static async Task<List<double>> ConnectionAsync(Uri url, byte[] request, TimeSpan offset, TimeSpan interval, TimeSpan time)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var latencies = new List<double>();
        var buffer = new byte[16 * 1024];
        await Task.Delay(offset);
        using var timer = new PeriodicTimer(interval);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time && await timer.WaitForNextTickAsync())
        {
            var asked = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await AnswerAsync(socket, buffer);
            latencies.Add(Stopwatch.GetElapsedTime(asked).TotalMicroseconds);
        }

        return latencies;
    }

    private static async Task AnswerAsync(Socket socket, byte[] buffer)
    {
        for (var (length, whole) = (0, int.MaxValue); length < whole;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += read;
            var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            var text = Encoding.ASCII.GetString(buffer, 0, Math.Max(0, head));
            if (read == 0 || (head > 0 && !text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)))
            {
                throw new InvalidOperationException("no answer: " + text);
            }

            if (head > 0)
            {
                var from = text.IndexOf("content-length: ", StringComparison.OrdinalIgnoreCase) + 16;
                whole = head + 4 + int.Parse(text[from..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
            }
        }
    }
}
