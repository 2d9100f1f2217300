using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Bytes as base64 in a string of a body, which is copied and never decoded.</summary>
/// <param name="Text">A string.</param>
/// <param name="Start">Where in it, as written, the base64 begins.</param>
internal readonly record struct Base64Text(JsonElement Text, int Start)
{
    private const int HeadMaximum = 200;

    /// <summary>A string that is nothing else.</summary>
    public static Base64Text Whole(JsonElement text) => new(text, 1);

    /// <summary>The picture or file of a URL as <see cref="TryOfUrl"/> reads it.</summary>
    /// <param name="url">A string.</param>
    /// <param name="name">The file's, a string; undefined where it has none.</param>
    /// <param name="path">Of the URL, for errors.</param>
    /// <exception cref="UntranslatableException">It is no such URL.</exception>
    public static Part PartOf(JsonElement url, JsonElement name, string path) =>
        !TryOfUrl(url, out var mediaType, out var data) ? throw new UntranslatableException($"\"{path}\" must be a data: URL with base64 (RFC 2397).", path)
        : mediaType.StartsWith("image/", StringComparison.Ordinal) ? new ImagePart(mediaType, data)
        : new FilePart(mediaType, data, name);

    /// <summary>The data of a URL (RFC 2397) as <c>data:image/png;base64,…</c>.</summary>
    /// <returns>False where it is none with base64.</returns>
    public static bool TryOfUrl(JsonElement url, out string mediaType, out Base64Text data)
    {
        (mediaType, data) = ("", default);
        var raw = JsonMarshal.GetRawUtf8Value(url);
        var comma = raw[..Math.Min(raw.Length, HeadMaximum)].IndexOf((byte)',');
        if (comma < 0)
        {
            return false;
        }

        // Some writers escape slashes.
        var head = Encoding.UTF8.GetString(raw[1..comma]).Replace("\\/", "/", StringComparison.Ordinal);
        if (!head.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || !head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        mediaType = head["data:".Length..^";base64".Length].Split(';')[0].Trim().ToLowerInvariant();
        data = new(url, comma + 1);
        return true;
    }

    /// <summary>As written in a JSON string, without quotes.</summary>
    public ReadOnlySpan<byte> Raw => JsonMarshal.GetRawUtf8Value(Text)[Start..^1];
}
