using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What a field's value asks for. A value that is every server's default asks for nothing.</summary>
internal static class FieldValues
{
    private const int BlankMaximum = 64;

    /// <summary>The feature, where it is asked for.</summary>
    public static RequestFeatures Where(bool asks, RequestFeatures feature) => asks ? feature : RequestFeatures.None;

    /// <summary>Whether it is neither null, false nor empty.</summary>
    /// <param name="value">Not moved.</param>
    public static bool SaysSomething(this scoped ref Utf8JsonReader value)
    {
        var reader = value;
        return value.TokenType switch
        {
            JsonTokenType.Null or JsonTokenType.False => false,
            JsonTokenType.String => value.ValueSpan.Length > 0,
            JsonTokenType.StartObject or JsonTokenType.StartArray => reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray),
            _ => true,
        };
    }

    /// <summary>Whether it is this string.</summary>
    public static bool IsText(this scoped ref Utf8JsonReader value, scoped ReadOnlySpan<byte> text) => value.TokenType == JsonTokenType.String && value.ValueTextEquals(text);

    /// <summary>A number other than <paramref name="usual"/>.</summary>
    public static bool IsOtherThan(this ref Utf8JsonReader value, double usual) => value.TokenType == JsonTokenType.Number && !(value.TryGetDouble(out var number) && number == usual);

    /// <summary>A number above <paramref name="limit"/>.</summary>
    public static bool IsAbove(this ref Utf8JsonReader value, double limit) => value.TokenType == JsonTokenType.Number && value.TryGetDouble(out var number) && number > limit;

    /// <summary>How many a string or an array of them are.</summary>
    /// <param name="value">Not moved.</param>
    public static int CountTexts(this scoped ref Utf8JsonReader value)
    {
        if (value.TokenType != JsonTokenType.StartArray)
        {
            return value.TokenType == JsonTokenType.String ? 1 : 0;
        }

        var reader = value;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            reader.Skip();
        }

        return count;
    }

    /// <summary>Whether a string is of blanks, or one in an array of them.</summary>
    /// <param name="value">Not moved.</param>
    public static bool HasBlankText(this scoped ref Utf8JsonReader value)
    {
        var reader = value;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return IsBlank(ref reader);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (IsBlank(ref reader))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool IsBlank(ref Utf8JsonReader value)
    {
        Span<char> text = stackalloc char[BlankMaximum];
        return value.TokenType == JsonTokenType.String && value.ValueSpan.Length is > 0 and <= BlankMaximum && text[..value.CopyString(text)].IsWhiteSpace();
    }

    /// <summary>Whether it is an array in which a string is <paramref name="text"/>.</summary>
    /// <param name="value">Not moved.</param>
    public static bool Names(this scoped ref Utf8JsonReader value, ReadOnlySpan<byte> text)
    {
        if (value.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        var reader = value;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(text))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Whether it is an object with anything in it.</summary>
    /// <param name="value">Not moved.</param>
    public static bool HasAny(this scoped ref Utf8JsonReader value)
    {
        var reader = value;
        return reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Whether an object has <c>true</c> under a name.</summary>
    /// <param name="value">Not moved.</param>
    public static bool HasTrue(this scoped ref Utf8JsonReader value, scoped ReadOnlySpan<byte> name)
    {
        var reader = value;
        return reader.MovesTo(name) && reader.TokenType == JsonTokenType.True;
    }

    /// <summary>Whether an object has a string under a name.</summary>
    /// <param name="value">Not moved.</param>
    public static bool HasText(this scoped ref Utf8JsonReader value, scoped ReadOnlySpan<byte> name)
    {
        var reader = value;
        return reader.MovesTo(name) && reader.TokenType == JsonTokenType.String;
    }

    /// <summary>Moves to what an object has under a name.</summary>
    /// <returns>False where it is none, or has none.</returns>
    public static bool MovesTo(this scoped ref Utf8JsonReader value, scoped ReadOnlySpan<byte> name)
    {
        if (value.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = value.ValueTextEquals(name);
            value.Read();
            if (isIt)
            {
                return true;
            }

            value.Skip();
        }

        return false;
    }

    /// <summary>Enters the array that the object which is all of the text has under a name.</summary>
    /// <param name="text">At its beginning.</param>
    /// <returns>False where it has none.</returns>
    public static bool EntersList(this scoped ref Utf8JsonReader text, scoped ReadOnlySpan<byte> name) => text.Read() && text.MovesTo(name) && text.TokenType == JsonTokenType.StartArray;

    /// <summary>Whether an object has this string under a name.</summary>
    /// <param name="value">Not moved.</param>
    /// <param name="inside">The name of the object in it that has it; empty: it has it itself.</param>
    public static bool HasMember(this scoped ref Utf8JsonReader value, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> inside = default)
    {
        var reader = value;
        return (inside.IsEmpty || reader.MovesTo(inside)) && reader.MovesTo(name) && reader.IsText(text);
    }
}
