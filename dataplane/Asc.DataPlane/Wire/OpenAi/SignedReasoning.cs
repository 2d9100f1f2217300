using System.Text.Json;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// What Claude thought, which a client of chat completions carries from turn to turn (<c>reasoning_content</c> with <c>reasoning_signature</c>, ADR 15). OpenAI has made no
/// such thing, and isn't shown it (facts: 3.4).
/// </summary>
internal static class SignedReasoning
{
    /// <summary>The request's body, with blanks in the place of it, so that all else stays where it is.</summary>
    public static ReadOnlyMemory<byte> LeftOut(GatewayExchange exchange)
    {
        if (!exchange.Request.HasSignedReasoning)
        {
            return exchange.Body.Memory;
        }

        // Two calls may be begun at once.
        lock (exchange.Unsigned)
        {
            if (exchange.Unsigned.Length == 0)
            {
                var body = exchange.Body.Span;
                var unsigned = exchange.Unsigned.GetSpan(body.Length)[..body.Length];
                body.CopyTo(unsigned);
                Blank(body, unsigned);
                exchange.Unsigned.Advance(body.Length);
            }

            return exchange.Unsigned.Memory;
        }
    }

    /// <param name="body">As <see cref="ChatRequestReader{TFields}"/> has read it.</param>
    /// <param name="unsigned">A copy of it.</param>
    internal static void Blank(ReadOnlySpan<byte> body, Span<byte> unsigned)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMessages = reader.ValueTextEquals("messages"u8);
            reader.Read();
            if (!isMessages || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                BlankInMessage(ref reader, unsigned);
            }
        }
    }

    // A member goes with the comma before it, or the one behind it where nothing is left before it.
    private static void BlankInMessage(ref Utf8JsonReader message, Span<byte> unsigned)
    {
        var (isSigned, isFirst, beginsAt, count) = (false, true, (int)message.BytesConsumed, 0);
        Span<(int Start, int End)> blanks = stackalloc (int, int)[2];
        var reader = message;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (isFirst && count > 0)
            {
                blanks[count - 1].End = (int)reader.TokenStartIndex;
            }

            var isSignature = reader.ValueTextEquals("reasoning_signature"u8);
            var isOfIt = isSignature || reader.ValueTextEquals("reasoning_content"u8);
            reader.Read();
            isSigned |= isSignature && reader.TokenType == JsonTokenType.String;
            reader.Skip();
            if (isOfIt)
            {
                blanks[count++] = (beginsAt, (int)reader.BytesConsumed);
            }

            isFirst &= isOfIt;
            beginsAt = (int)reader.BytesConsumed;
        }

        message = reader;
        foreach (var (start, end) in isSigned ? blanks[..count] : [])
        {
            unsigned[start..end].Fill((byte)' ');
        }
    }
}
