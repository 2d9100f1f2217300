using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Strings of an answer, as they are written: with their escapes, without their quotes.</summary>
internal static class JsonTexts
{
    /// <summary>Passes over the value; empty where it is no string.</summary>
    public static ReadOnlySpan<byte> Read(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueSpan;
        }

        reader.Skip();
        return default;
    }
}
