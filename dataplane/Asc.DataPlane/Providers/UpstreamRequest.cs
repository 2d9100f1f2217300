using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Asc.DataPlane.Providers;

/// <summary>Writes a request as HTTP/1.1 (RFC 9112, 3). What held a prompt or a credential is wiped.</summary>
internal static class UpstreamRequest
{
    /// <summary>A body of at most so many bytes leaves together with its head.</summary>
    public const int OneWriteMaximum = 32 * 1024;

    private const int LengthMaximum = 20;

    private static ReadOnlySpan<byte> Framing => "Content-Type: application/json\r\nContent-Length: "u8;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask WriteAsync(Stream stream, UpstreamTarget target, UpstreamHeaders headers, BodyPieces body)
    {
        var length = body.Length;
        var joins = length <= OneWriteMaximum;
        var bytes = ArrayPool<byte>.Shared.Rent(target.FirstLines.Length + headers.Lines.Length + Framing.Length + LengthMaximum + End.Length + (joins ? length : 0));
        var used = 0;
        try
        {
            used = WriteHead(bytes, target, headers, length);
            for (var i = 0; joins && i < BodyPieces.Count; i++)
            {
                body[i].Span.CopyTo(bytes.AsSpan(used));
                used += body[i].Length;
            }

            await stream.WriteAsync(bytes.AsMemory(0, used));
            for (var i = 0; !joins && i < BodyPieces.Count; i++)
            {
                await stream.WriteAsync(body[i]);
            }
        }
        finally
        {
            bytes.AsSpan(0, used).Clear();
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int WriteHead(Span<byte> bytes, UpstreamTarget target, UpstreamHeaders headers, int length)
    {
        var rest = Write(target.FirstLines.Span, bytes);
        rest = Write(headers.Lines, rest);
        rest = Write(Framing, rest);
        Utf8Formatter.TryFormat(length, rest, out var digits);
        rest = Write(End, rest[digits..]);
        return bytes.Length - rest.Length;
    }

    private static Span<byte> Write(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return to[text.Length..];
    }
}
