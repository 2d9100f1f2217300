using System.Buffers.Binary;
using System.Security.Cryptography;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Resilience;

/// <summary>What a route draws for a request: always the same for requests that belong together, so that one deployment's prompt cache serves them.</summary>
internal static class Stickiness
{
    public static ulong DrawFor(GatewayExchange exchange, CompiledName serving)
    {
        if (serving.Sticky is { Header.Length: > 0 } byHeader && exchange.Http.Request.Headers.TryGetValue(byHeader.Header, out var value) && value is [{ Length: > 0 } text, ..])
        {
            return StableHash.Of(text);
        }

        return serving.Sticky is { Conversation: true } ? OfConversation(exchange) : (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
    }

    // What it began with, up to the user's first message: later turns send the same again.
    private static ulong OfConversation(GatewayExchange exchange)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(exchange.Request.Opening.Of(exchange.Body.Span), digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
