using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>What base64 data really is, by its first bytes.</summary>
internal static class MediaBytes
{
    /// <summary>Null if it is not base64: whitespace and <c>data:</c> prefixes are not.</summary>
    public static byte[]? Decode(JsonElement data) =>
        data.GetString()!.Any(char.IsWhiteSpace) || !data.TryGetBytesFromBase64(out var bytes) || bytes.Length == 0 ? null : bytes;

    /// <summary>The media type of an image; null if it is none that the API knows.</summary>
    public static string? ImageType(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Png) ? "image/png"
        : bytes.StartsWith(Jpeg) ? "image/jpeg"
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? "image/gif"
        : bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;

    public static bool IsPdf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("%PDF-"u8);

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];
}
