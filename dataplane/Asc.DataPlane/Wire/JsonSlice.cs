using System.Text.Json;

namespace Asc.DataPlane.Wire;

/// <summary>A value's place in a body.</summary>
internal readonly record struct JsonSlice(int Start, int Length)
{
    /// <summary>The string that <paramref name="reader"/> stands on, without its quotes.</summary>
    public static JsonSlice InQuotes(ref Utf8JsonReader reader) => new((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);

    public bool IsEmpty => Length == 0;

    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
