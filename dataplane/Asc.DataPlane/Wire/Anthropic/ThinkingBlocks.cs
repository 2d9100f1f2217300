using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>What Claude thought, among the messages of a request: signed for the model, of some for the conversation too, and refused by others (facts: 3.2, trap 40).</summary>
internal static class ThinkingBlocks
{
    /// <summary>The request's body without it.</summary>
    public static ReadOnlyMemory<byte> LeftOut(GatewayExchange exchange) => BlankedBody.Of(exchange.Body.Span, exchange.WithoutReasoning, Blank);

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
        while (message.Read() && message.TokenType == JsonTokenType.PropertyName)
        {
            var isContent = message.ValueTextEquals("content"u8);
            message.Read();
            if (!isContent || message.TokenType != JsonTokenType.StartArray)
            {
                message.Skip();
                continue;
            }

            while (message.Read() && message.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)message.TokenStartIndex;
                var isThought = message.HasMember("type"u8, "thinking"u8) || message.HasMember("type"u8, "redacted_thinking"u8);
                message.Skip();
                if (isThought)
                {
                    copy.Blank(new(start, (int)message.BytesConsumed - start));
                }
            }
        }
    }
}
