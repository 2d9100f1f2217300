using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// What Claude thought, which a client of chat completions carries from turn to turn (<c>reasoning_content</c> with <c>reasoning_signature</c>, ADR 15). OpenAI has made no
/// such thing, and isn't shown it (facts: 3.4).
/// </summary>
internal static class SignedReasoning
{
    /// <summary>The request's body without it.</summary>
    public static ReadOnlyMemory<byte> LeftOut(GatewayExchange exchange) =>
        exchange.Request.HasSignedReasoning ? BlankedBody.Of(exchange.Body.Span, exchange.Blanked, Blank) : exchange.Body.Memory;

    internal static void Blank(ReadOnlySpan<byte> body, Span<byte> copy)
    {
        var reader = new Utf8JsonReader(body);
        for (var enters = reader.EntersList("messages"u8); enters && reader.Read() && reader.TokenType == JsonTokenType.StartObject;)
        {
            BlankInMessage(ref reader, copy);
        }
    }

    private static void BlankInMessage(ref Utf8JsonReader message, Span<byte> copy)
    {
        var (isSigned, count) = (false, 0);
        Span<JsonSlice> members = stackalloc JsonSlice[2];
        while (message.Read() && message.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)message.TokenStartIndex;
            var isSignature = message.ValueTextEquals("reasoning_signature"u8);
            var isOfIt = isSignature || message.ValueTextEquals("reasoning_content"u8);
            message.Read();
            isSigned |= isSignature && message.TokenType == JsonTokenType.String;
            message.Skip();
            if (isOfIt)
            {
                members[count++] = new(start, (int)message.BytesConsumed - start);
            }
        }

        foreach (var member in isSigned ? members[..count] : [])
        {
            copy.Blank(member);
        }
    }
}
