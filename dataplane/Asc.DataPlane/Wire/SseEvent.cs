using System.Buffers;

namespace Asc.DataPlane.Wire;

/// <summary>One server-sent event's data.</summary>
internal static class SseEvent
{
    /// <summary>The event's data: its one <c>data</c> line in place, several joined by newlines; empty for a comment.</summary>
    public static ReadOnlySpan<byte> DataOf(ReadOnlySpan<byte> text)
    {
        var data = ReadOnlySpan<byte>.Empty;
        ArrayBufferWriter<byte>? joined = null;
        while (!text.IsEmpty)
        {
            var newline = text.IndexOf((byte)'\n');
            var line = (newline < 0 ? text : text[..newline]).TrimEnd((byte)'\r');
            text = newline < 0 ? default : text[(newline + 1)..];
            if (line.StartsWith("data:"u8))
            {
                line = line[5..].TrimStart((byte)' ');
                if (data.IsEmpty && joined is null)
                {
                    data = line;
                    continue;
                }

                if (joined is null)
                {
                    joined = new ArrayBufferWriter<byte>();
                    joined.Write(data);
                }

                joined.Write("\n"u8);
                joined.Write(line);
            }
        }

        return joined is null ? data : joined.WrittenSpan;
    }
}
