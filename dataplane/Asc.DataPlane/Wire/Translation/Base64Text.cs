using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Bytes as base64 in a string of a body, which is copied, and decoded only where it is text.</summary>
/// <param name="Text">A string.</param>
/// <param name="Start">Where in it, as written, the base64 begins.</param>
internal readonly record struct Base64Text(JsonElement Text, int Start)
{
    private const int HeadMaximum = 200;
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A string that is nothing else.</summary>
    public static Base64Text Whole(JsonElement text) => new(text, 1);

    /// <summary>Adds the picture or file of a URL as <see cref="TryOfUrl"/> reads it. A file of text is said: not every provider takes it as a file.</summary>
    /// <param name="parts">What it is added to.</param>
    /// <param name="url">A string.</param>
    /// <param name="name">The file's, a string; undefined where it has none.</param>
    /// <param name="path">Of the URL, for errors.</param>
    /// <param name="detail">How closely a picture is looked at; undefined where that isn't said.</param>
    /// <exception cref="UntranslatableException">It is no such URL.</exception>
    public static void AddTo(List<Part> parts, JsonElement url, JsonElement name, string path, JsonElement detail = default)
    {
        if (!TryOfUrl(url, out var mediaType, out var data))
        {
            throw new UntranslatableException($"\"{path}\" must be a data: URL with base64 (RFC 2397).", path);
        }

        if (MediaTypes.IsText(mediaType))
        {
            AddTitle(parts, name);
            parts.AddRange(data.DecodedText(path) is var text && text.IsText() ? [new TextPart(text)] : Array.Empty<Part>());
        }
        else
        {
            parts.Add(mediaType.StartsWith("image/", StringComparison.Ordinal) ? new ImagePart(mediaType, data) { Detail = detail } : new FilePart(mediaType, data, name));
        }
    }

    /// <summary>Adds what a text that follows is called.</summary>
    /// <param name="parts">What it is added to.</param>
    /// <param name="name">A string; undefined where it has none.</param>
    public static void AddTitle(List<Part> parts, JsonElement name)
    {
        if (name.IsText())
        {
            parts.Add(new TextPart(name.Marked("document_title"u8)));
        }
    }

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

        mediaType = head["data:".Length..^";base64".Length].Split(';')[0].Trim().ToLowerInvariant() is var type && type == MediaTypes.AlsoJpeg ? "image/jpeg" : type;
        data = new(url, comma + 1);
        return true;
    }

    private JsonElement DecodedText(string path)
    {
        try
        {
            var text = StrictUtf8.GetString(Convert.FromBase64String(Unescaped));
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""));
            return JsonElement.ParseValue(ref reader);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new UntranslatableException($"\"{path}\" is of text, and holds none: it must be base64 of UTF-8.", path);
        }
    }

    /// <summary>What picture it is, by its first bytes; null where that isn't known.</summary>
    public string? PictureType => Raw switch
    {
        [(byte)'i', (byte)'V', (byte)'B', (byte)'O', (byte)'R', (byte)'w', ..] => "image/png",
        [(byte)'/', (byte)'9', (byte)'j', ..] or [(byte)'\\', (byte)'/', (byte)'9', (byte)'j', ..] => "image/jpeg",
        [(byte)'R', (byte)'0', (byte)'l', (byte)'G', (byte)'O', (byte)'D', ..] => "image/gif",
        [(byte)'U', (byte)'k', (byte)'l', (byte)'G', (byte)'R', ..] => "image/webp",
        _ => null,
    };

    /// <summary>As <see cref="Raw"/>, without what some writers put into it: lines, blanks, and escapes of what needs none.</summary>
    public ReadOnlySpan<byte> Compact
    {
        get
        {
            if (!Raw.ContainsAny((byte)'\\', (byte)' '))
            {
                return Raw;
            }

            var letters = new string([.. Unescaped.Where(static letter => !char.IsWhiteSpace(letter))]);
            return letters.AsSpan().ContainsAnyExcept(Letters) ? Raw : Encoding.ASCII.GetBytes(letters);
        }
    }

    private string Unescaped
    {
        get
        {
            var text = Text.GetString()!;
            return Start > 1 ? text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..] : text;
        }
    }

    /// <summary>As written in a JSON string, without quotes.</summary>
    public ReadOnlySpan<byte> Raw => JsonMarshal.GetRawUtf8Value(Text)[Start..^1];
}
