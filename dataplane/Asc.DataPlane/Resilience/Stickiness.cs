using System.Buffers.Binary;
using System.Security.Cryptography;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Resilience;

/// <summary>What a route that is sticky draws for a request: always the same for requests that belong together, so that one deployment's prompt cache serves them.</summary>
internal static class Stickiness
{
    /// <returns>Null: the request belongs to no others.</returns>
    public static ulong? DrawFor(GatewayExchange exchange, CompiledName serving)
    {
        if (!serving.NeedsDraw || serving.Sticky is null)
        {
            return null;
        }

        if (serving.Sticky is { Header.Length: > 0 } byHeader && exchange.Http.Request.Headers.TryGetValue(byHeader.Header, out var value) && value is [{ Length: > 0 } text, ..])
        {
            return StableHash.Of(text);
        }

        return serving.Sticky is { Conversation: true } ? OfConversation(exchange) : null;
    }

    // What it began with, up to the user's first message: later turns send the same again.
    private static ulong OfConversation(GatewayExchange exchange)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(exchange.Request.Opening.Of(exchange.Body.Span), digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
