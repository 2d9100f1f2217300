using System.Text;
using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What pictures and files may be where providers differ.</summary>
internal static class MediaTypes
{
    /// <summary>What many call JPEG.</summary>
    public const string AlsoJpeg = "image/jpg";

    private const int Longest = 128;
    private static readonly string[] Texts = ["application/json", "application/xml", "application/yaml", "application/x-yaml", "application/x-ndjson"];

    /// <summary>The pictures that all of them know.</summary>
    public static string[] Pictures { get; } = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    /// <summary>Whether what is of this type can be said as well.</summary>
    public static bool IsText(ReadOnlySpan<char> mediaType) => mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || IsOneOf(Texts, mediaType);

    /// <summary>What the content of a <c>data:</c> URL asks for, or of another value nothing.</summary>
    /// <param name="url">Stands on it.</param>
    public static RequestFeatures OfUrl(scoped ref Utf8JsonReader url)
    {
        if (url.TokenType != JsonTokenType.String)
        {
            return RequestFeatures.None;
        }

        var start = url.ValueSpan[..Math.Min(url.ValueSpan.Length, Longest)];
        var head = start[..Math.Max(0, start.IndexOfAny((byte)',', (byte)';'))];
        Span<char> buffer = stackalloc char[Longest];
        ReadOnlySpan<char> text = buffer[..Encoding.Latin1.GetChars(head, buffer)];
        // Some writers escape slashes.
        text = text.Contains('\\') ? text.ToString().Replace("\\/", "/", StringComparison.Ordinal) : text;
        return text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? Of(text["data:".Length..].Trim()) : RequestFeatures.None;
    }

    /// <summary>What content of a type asks for.</summary>
    /// <param name="type">Stands on it.</param>
    public static RequestFeatures OfType(scoped ref Utf8JsonReader type)
    {
        Span<char> buffer = stackalloc char[Longest];
        return type.TokenType != JsonTokenType.String ? RequestFeatures.None
            : type.ValueSpan.Length > Longest ? RequestFeatures.OtherMediaTypes
            : Of(buffer[..type.CopyString(buffer)]);
    }

    private static RequestFeatures Of(ReadOnlySpan<char> mediaType) =>
        mediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) || mediaType.Equals(AlsoJpeg, StringComparison.OrdinalIgnoreCase) || IsOneOf(Pictures, mediaType) || IsText(mediaType) ? RequestFeatures.None : RequestFeatures.OtherMediaTypes;

    private static bool IsOneOf(string[] known, ReadOnlySpan<char> mediaType)
    {
        foreach (var one in known)
        {
            if (mediaType.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
