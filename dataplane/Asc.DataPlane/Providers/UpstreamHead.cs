using System.Buffers.Text;
using System.Text;

namespace Asc.DataPlane.Providers;

/// <summary>
/// A response's status line and header fields (RFC 9112, 4 and 5), and how its body is framed (6). Strict where leniency lets two parties
/// read one message differently: no folded lines, no space before a colon, one length.
/// </summary>
internal sealed class UpstreamHead
{
    private const int FieldMaximum = 128;
    private readonly Field[] fields = new Field[FieldMaximum];
    private byte[] text = [];
    private int count;

    public int Status { get; private set; }

    /// <summary>Null where it isn't told.</summary>
    public long? ContentLength { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>Whether the provider takes another request on the connection.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>The value of a field, its name in lower case; empty where it is absent. Valid until the body is read.</summary>
    public ReadOnlySpan<byte> this[ReadOnlySpan<byte> name]
    {
        get
        {
            foreach (var field in fields.AsSpan(0, count))
            {
                if (Ascii.EqualsIgnoreCase(field.Name(text), name))
                {
                    return field.Value(text);
                }
            }

            return default;
        }
    }

    /// <summary>Reads the head in <paramref name="buffer"/> from <paramref name="start"/> to <paramref name="end"/>, its blank line included.</summary>
    /// <exception cref="UpstreamException">It is not one.</exception>
    public void Read(byte[] buffer, int start, int end)
    {
        (text, count, ContentLength, IsChunked) = (buffer, 0, null, false);
        var line = LineEnd(start, end);
        ReadStatus(buffer.AsSpan(start, line.End - start));
        for (start = line.Next; (line = LineEnd(start, end)).End > start; start = line.Next)
        {
            ReadField(start, line.End);
        }

        if (Status is 204 or 304)
        {
            (ContentLength, IsChunked) = (0, false);
        }
        else if (IsChunked && ContentLength is not null)
        {
            // Whoever sends both may be read in two ways (RFC 9112, 6.1).
            throw Malformed("it tells both a length and chunks");
        }
    }

    private (int End, int Next) LineEnd(int start, int end)
    {
        var next = start + text.AsSpan(start, end - start).IndexOf((byte)'\n') + 1;
        return (next - 2 >= start && text[next - 2] == (byte)'\r' ? next - 2 : next - 1, next);
    }

    private void ReadStatus(ReadOnlySpan<byte> line)
    {
        var isHttp = line.Length >= 12 && line.StartsWith("HTTP/1."u8) && line[7] is (byte)'0' or (byte)'1' && line[8] == (byte)' ' && (line.Length == 12 || line[12] == (byte)' ');
        if (!isHttp || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var digits) || digits != 3 || status < 100)
        {
            throw Malformed("it does not begin with a status line");
        }

        Status = status;
        KeepsAlive = line[7] == (byte)'1';
    }

    private void ReadField(int start, int end)
    {
        var line = text.AsSpan(start, end - start);
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAny(" \t"u8) || count == FieldMaximum)
        {
            throw Malformed(count == FieldMaximum ? $"it has more than {FieldMaximum} header fields" : "a header field has no proper name");
        }

        var (from, to) = (colon + 1, line.Length);
        while (from < to && line[from] is (byte)' ' or (byte)'\t')
        {
            from++;
        }

        while (to > from && line[to - 1] is (byte)' ' or (byte)'\t')
        {
            to--;
        }

        var field = new Field(start, start + colon, start + from, start + to);
        fields[count++] = field;
        Note(field.Name(text), field.Value(text));
    }

    private void Note(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
        {
            if (!Utf8Parser.TryParse(value, out long length, out var digits) || digits != value.Length || !char.IsAsciiDigit((char)value[0]) || (ContentLength ?? length) != length)
            {
                throw Malformed("its content-length is none");
            }

            ContentLength = length;
        }
        else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
        {
            IsChunked = !IsChunked && Ascii.EqualsIgnoreCase(value, "chunked"u8) ? true : throw Malformed("its transfer-encoding is not \"chunked\"");
        }
        else if (Ascii.EqualsIgnoreCase(name, "connection"u8))
        {
            KeepsAlive &= Ascii.EqualsIgnoreCase(value, "keep-alive"u8);
        }
    }

    private static UpstreamException Malformed(string what) => new(UpstreamFailure.Malformed, $"the answer is not HTTP: {what}");

    private readonly record struct Field(int NameStart, int NameEnd, int ValueStart, int ValueEnd)
    {
        public ReadOnlySpan<byte> Name(byte[] text) => text.AsSpan(NameStart, NameEnd - NameStart);

        public ReadOnlySpan<byte> Value(byte[] text) => text.AsSpan(ValueStart, ValueEnd - ValueStart);
    }
}
