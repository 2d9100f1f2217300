using System.Text.Json;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>How an error stands where an answer is expected: as <c>error</c>, or without a wrapper as <c>"object":"error"</c> (Mistral).</summary>
internal static class ChatErrors
{
    /// <summary>Whether a member is a complaint where no answer stands beside it: <c>detail</c> (FastAPI), <c>message</c>.</summary>
    /// <param name="reader">Stands on the member's name, and is not moved.</param>
    public static bool Complains(ref Utf8JsonReader reader) => reader.ValueTextEquals("detail"u8) || reader.ValueTextEquals("message"u8);

    /// <summary>Whether one of an answer's choices is one (OpenRouter).</summary>
    /// <param name="reader">Stands on the member's name, and then on the end of its value.</param>
    public static bool IsInChoices(ref Utf8JsonReader reader)
    {
        var isError = false;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isNamed = reader.ValueTextEquals("error"u8);
                reader.Read();
                isError |= isNamed && reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
        }

        return isError;
    }

    /// <summary>Whether a member says that it is one.</summary>
    /// <param name="reader">Stands on the member's name, and then on its value.</param>
    public static bool IsError(ref Utf8JsonReader reader)
    {
        var (isError, isKind) = (reader.ValueTextEquals("error"u8), reader.ValueTextEquals("object"u8));
        reader.Read();
        return isKind ? reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8) : isError && reader.TokenType != JsonTokenType.Null;
    }
}
