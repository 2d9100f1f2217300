using System.Text;
using Asc.DataPlane.Providers;
using Microsoft.Extensions.Time.Testing;

namespace Asc.DataPlane.Tests.Providers;

/// <summary>One provider's connections, on a clock that stands still.</summary>
internal abstract class UpstreamFixture
{
    protected const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    protected readonly FakeTimeProvider clock = new();

    protected static async Task<string> AskAsync(
        Destination destination, Uri provider, byte[]? body = null, TimeSpan? patience = null, CancellationToken clientAborted = default)
    {
        var connection = await SendAsync(destination, provider, body, patience, clientAborted);
        try
        {
            await connection.ReadHeadAsync();
            using var reader = new StreamReader(connection.Body, Encoding.ASCII);
            return await reader.ReadToEndAsync(CancellationToken.None);
        }
        finally
        {
            await connection.ReleaseAsync();
        }
    }

    protected static async Task<UpstreamConnection> SendAsync(
        Destination destination, Uri provider, byte[]? body = null, TimeSpan? patience = null, CancellationToken clientAborted = default)
    {
        var connection = await destination.LeaseAsync(TimeSpan.FromSeconds(5), clientAborted);
        connection.Begin(new UpstreamTarget(destination, new Uri(provider, "/v1/chat/completions")), TimeSpan.FromMinutes(10), clientAborted);
        connection.Expect(patience ?? TimeSpan.FromMinutes(1));
        var headers = new UpstreamHeaders();
        headers.Add("Accept", "*/*");
        var pieces = default(BodyPieces);
        var content = body ?? [.. "ping"u8];
        pieces[1] = content.AsMemory(0, content.Length / 2);
        pieces[3] = content.AsMemory(content.Length / 2);
        await connection.SendAsync(headers, pieces);
        return connection;
    }

    protected static async Task<UpstreamFailure> FailureOfAsync(Task asking)
    {
        try
        {
            await asking;
            return UpstreamFailure.None;
        }
        catch (UpstreamException exception)
        {
            return exception.Failure;
        }
    }

    protected static async Task WaitUntilAsync(Func<bool> condition, Action? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            meanwhile?.Invoke();
            await Task.Yield();
        }
    }

    protected Destination Destination(ScriptedProvider provider) => new(provider.Url, privateNetwork: true, trust: null, clock);
}
