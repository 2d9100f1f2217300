using System.Text.Json;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>How an error stands where an answer is expected: as <c>error</c>, or without a wrapper as <c>"object":"error"</c> (Mistral).</summary>
internal static class ChatErrors
{
    /// <summary>Whether a member says that it is one.</summary>
    /// <param name="reader">Stands on the member's name, and then on its value.</param>
    public static bool IsError(ref Utf8JsonReader reader)
    {
        var (isError, isKind) = (reader.ValueTextEquals("error"u8), reader.ValueTextEquals("object"u8));
        reader.Read();
        return isKind ? reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8) : isError && reader.TokenType != JsonTokenType.Null;
    }
}
