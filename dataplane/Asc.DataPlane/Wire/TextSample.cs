using System.Buffers;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire;

/// <summary>
/// How many tokens texts are that are too long to be counted: the first characters of each are counted, up to a few thousand, and the rest is reckoned like them.
/// The work is bounded whatever the length.
/// </summary>
internal ref struct TextSample : IDisposable
{
    private const int Maximum = 4096;
    private const int OfEach = 512;

    private readonly char[] sample = ArrayPool<char>.Shared.Rent(Maximum);
    private int length;
    // May be more than the length, where a text could be read only in part.
    private int written;
    private long sampledBytes;
    private long bytes;

    public TextSample()
    {
    }

    /// <summary>The texts of a request: all its strings but names, and but for the model's, data in base64 and what only a provider can read.</summary>
    public static long TokensIn(ReadOnlySpan<byte> json)
    {
        using var sample = new TextSample();
        try
        {
            var reader = new Utf8JsonReader(json);
            var isNoText = false;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    isNoText = reader.ValueTextEquals("data"u8) || reader.ValueTextEquals("file_data"u8)
                        || reader.ValueTextEquals("signature"u8) || reader.ValueTextEquals("encrypted_content"u8)
                        || (reader.CurrentDepth == 1 && reader.ValueTextEquals("model"u8));
                }
                else if (reader.TokenType == JsonTokenType.String && !isNoText && !reader.ValueSpan.StartsWith("data:"u8))
                {
                    sample.Add(ref reader);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What was read up to there is the best that there is.
        }

        return sample.Tokens;
    }

    /// <summary>Of all that was added.</summary>
    public readonly long Tokens => sampledBytes == 0 ? 0 : (long)Math.Ceiling(TextTokens.Count(sample.AsSpan(0, length)) * (double)bytes / sampledBytes);

    public readonly void Dispose()
    {
        // Whoever rents it next may have no business with a prompt.
        sample.AsSpan(0, written).Clear();
        ArrayPool<char>.Shared.Return(sample);
    }

    /// <summary>Adds the string that <paramref name="reader"/> stands on.</summary>
    public void Add(ref Utf8JsonReader reader)
    {
        var textBytes = reader.ValueSpan.Length;
        bytes += textBytes;
        var room = Math.Min(OfEach, Maximum - length);
        if (textBytes <= room)
        {
            written = length + textBytes;
            length += reader.CopyString(sample.AsSpan(length));
            sampledBytes += textBytes;
        }
        else if (room > 0)
        {
            AddBeginning(reader.ValueSpan, room);
        }
    }

    // Of a text as JSON writes it.
    private void AddBeginning(ReadOnlySpan<byte> text, int room)
    {
        Span<byte> quoted = stackalloc byte[OfEach + 2];
        var beginning = text[..JsonStringText.WholeCharacters(text, room)];
        quoted[0] = quoted[beginning.Length + 1] = (byte)'"';
        beginning.CopyTo(quoted[1..]);
        var reader = new Utf8JsonReader(quoted[..(beginning.Length + 2)]);
        reader.Read();
        written = length + beginning.Length;
        length += reader.CopyString(sample.AsSpan(length));
        sampledBytes += beginning.Length;
    }
}
