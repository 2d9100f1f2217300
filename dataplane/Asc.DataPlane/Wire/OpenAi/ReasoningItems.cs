using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// What a model thought, among the input of a request for a response. It is sealed (<c>encrypted_content</c>) for the account that made it, or stands at its maker alone, which keeps
/// nothing for ASC: that is a 404 (facts: 3.7).
/// </summary>
internal static class ReasoningItems
{
    /// <summary>The request's body without what nobody can read.</summary>
    /// <param name="withSealed">Whether what is sealed can't be read either.</param>
    public static ReadOnlyMemory<byte> LeftOut(GatewayExchange exchange, bool withSealed) =>
        withSealed ? BlankedBody.Of(exchange.Body.Span, exchange.WithoutReasoning, BlankAll)
        : exchange.Request.HasBareReasoning ? BlankedBody.Of(exchange.Body.Span, exchange.Blanked, BlankBare)
        : exchange.Body.Memory;

    internal static void BlankAll(ReadOnlySpan<byte> body, Span<byte> copy) => Blank(body, copy, withSealed: true);

    internal static void BlankBare(ReadOnlySpan<byte> body, Span<byte> copy) => Blank(body, copy, withSealed: false);

    private static void Blank(ReadOnlySpan<byte> body, Span<byte> copy, bool withSealed)
    {
        var reader = new Utf8JsonReader(body);
        for (var enters = reader.EntersList("input"u8); enters && reader.Read() && reader.TokenType == JsonTokenType.StartObject;)
        {
            BlankItem(ref reader, copy, withSealed);
        }
    }

    private static void BlankItem(ref Utf8JsonReader item, Span<byte> copy, bool withSealed)
    {
        var (start, id, isReasoning, isSealed) = ((int)item.TokenStartIndex, default(JsonSlice), false, false);
        while (item.Read() && item.TokenType == JsonTokenType.PropertyName)
        {
            var (member, isId, isType, isSeal) = ((int)item.TokenStartIndex, item.ValueTextEquals("id"u8), item.ValueTextEquals("type"u8), item.ValueTextEquals("encrypted_content"u8));
            item.Read();
            isReasoning |= isType && item.IsText("reasoning"u8);
            isSealed |= isSeal && item.TokenType == JsonTokenType.String;
            item.Skip();
            id = isId ? new(member, (int)item.BytesConsumed - member) : id;
        }

        if (!isReasoning && !id.IsEmpty)
        {
            // By its id it would be held to what was thought before it.
            copy.Blank(id);
        }
        else if (isReasoning && (withSealed || !isSealed))
        {
            copy.Blank(new(start, (int)item.BytesConsumed - start));
        }
    }
}
