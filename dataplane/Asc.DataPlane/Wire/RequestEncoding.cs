using System.IO.Compression;
using Asc.Policy.Decisions;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Wire;

/// <summary>How a request's body is compressed (RFC 9110, 8.4). It is read expanded, and so it is sent on.</summary>
internal static class RequestEncoding
{
    /// <summary>What is accepted, as <c>accept-encoding</c> has it.</summary>
    public const string Accepted = "gzip, br, deflate";

    /// <summary>Whether the body is as it is read.</summary>
    public static bool IsNone(StringValues encoding) => encoding.Count == 0 || Is(encoding, "identity");

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public static GatewayError? Problem(StringValues encoding) => IsNone(encoding) || IsGzip(encoding) || Is(encoding, "br") || Is(encoding, "deflate")
        ? null
        : new(ErrorCode.UnsupportedMediaType, $"The body's content-encoding must be one of {Accepted}, once, or there must be none.");

    /// <summary>Reads <paramref name="body"/>, whose encoding is one that is accepted.</summary>
    public static Stream Expand(Stream body, StringValues encoding) => IsGzip(encoding)
        ? new GZipStream(body, CompressionMode.Decompress, leaveOpen: true)
        : Is(encoding, "br")
            ? new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true)
            : new ZLibStream(body, CompressionMode.Decompress, leaveOpen: true);

    // By either name (RFC 9110, 8.4.1.3).
    private static bool IsGzip(StringValues encoding) => Is(encoding, "gzip") || Is(encoding, "x-gzip");

    private static bool Is(StringValues encoding, string name) => encoding is [{ } only] && only.AsSpan().Trim(' ').Equals(name, StringComparison.OrdinalIgnoreCase);
}
