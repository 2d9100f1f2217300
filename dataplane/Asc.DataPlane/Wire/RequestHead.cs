using System.Buffers;
using Asc.Policy.Decisions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Wire;

/// <summary>
/// How long a request's line and headers may be. The server itself reads more, so that the refusal is ASC's, in the client's protocol and with a
/// record; beyond that the server answers 414 or 431 without a body.
/// </summary>
internal static class RequestHead
{
    private const int UrlMaximum = 8 * 1024;
    private const int HeaderMaximum = 100;
    private const int HeaderBytesMaximum = 32 * 1024;

    // ": " and the line's end.
    private const int Separators = 4;

    /// <summary>What the server reads.</summary>
    public static void Extend(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = 4 * UrlMaximum;
        limits.MaxRequestHeaderCount = 2 * HeaderMaximum;
        limits.MaxRequestHeadersTotalSize = 2 * HeaderBytesMaximum;
    }

    /// <summary>What is wrong with the head of <paramref name="request"/>; null where nothing is.</summary>
    public static GatewayError? Problem(HttpRequest request)
    {
        if ((request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > UrlMaximum)
        {
            return new(ErrorCode.UriTooLong, $"The URL is longer than {UrlMaximum} characters.");
        }

        return request.Headers.Count > HeaderMaximum
            ? new(ErrorCode.HeadersTooLarge, $"The request has more than {HeaderMaximum} headers.")
            : SizeOf(request.Headers) > HeaderBytesMaximum
                ? new(ErrorCode.HeadersTooLarge, $"The request's headers are longer than {HeaderBytesMaximum} bytes together.")
                : null;
    }

    private static int SizeOf(IHeaderDictionary headers)
    {
        // Copied out, as an enumerator would be allocated for each request.
        var copy = ArrayPool<KeyValuePair<string, StringValues>>.Shared.Rent(headers.Count);
        headers.CopyTo(copy, 0);
        var size = 0;
        foreach (var (name, values) in copy.AsSpan(0, headers.Count))
        {
            for (var i = 0; i < values.Count; i++)
            {
                size += name.Length + (values[i]?.Length ?? 0) + Separators;
            }
        }

        ArrayPool<KeyValuePair<string, StringValues>>.Shared.Return(copy, clearArray: true);
        return size;
    }
}
