using System.Buffers;

namespace Asc.DataPlane.Wire;

/// <summary>
/// Splits a server-sent event stream (WHATWG HTML, 9.2) into whole events without copying them. Looks at each byte once, however the bytes
/// arrive; holds one event at most.
/// </summary>
internal sealed class SseReader(Stream source, int eventMaximum) : IDisposable
{
    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(8 * 1024);
    private int start;
    private int end;
    // How far the buffer has ever been filled: all of that is an answer's.
    private int filled;
    // Counts from the event's start.
    private BlankLineScanner blankLine;
    // From where on everything is kept; -1 where nothing is.
    private int held = -1;
    private bool begun;

    /// <summary>The bytes of the next whole event, its blank line included; empty where more must be read.</summary>
    public ReadOnlyMemory<byte> NextEvent()
    {
        var length = blankLine.Find(buffer.AsSpan(start, end - start));
        if (length == 0)
        {
            return default;
        }

        var next = buffer.AsMemory(start, length);
        start += length;
        blankLine = default;
        begun = true;
        return next;
    }

    /// <summary>From here on nothing is let go, until <see cref="Rewind"/>.</summary>
    public void Hold() => held = start;

    /// <summary>The next event is once more the first since <see cref="Hold"/>.</summary>
    public void Rewind()
    {
        (start, held) = (held, -1);
        blankLine = default;
    }

    /// <summary>What is left after the end: an event without its blank line.</summary>
    public ReadOnlyMemory<byte> Rest => buffer.AsMemory(start, end - start);

    /// <summary>Reads more; what <see cref="NextEvent"/> gave before is no longer valid. No state machine of its own: whoever awaits it says how much came.</summary>
    /// <returns>How many bytes, for <see cref="Add"/>; 0 at the stream's end.</returns>
    /// <exception cref="InvalidDataException">An event is longer than it may be.</exception>
    public ValueTask<int> ReadAsync()
    {
        MakeRoom();
        return source.ReadAsync(buffer.AsMemory(end));
    }

    /// <summary>So many bytes were read.</summary>
    /// <returns>False at the stream's end.</returns>
    public bool Add(int read)
    {
        end += read;
        filled = Math.Max(filled, end);
        if (!begun && end - start >= Mark.Length)
        {
            PassMark();
        }

        return read > 0;
    }

    // The standard has one byte order mark passed over. Left in place, it would be part of the first line's name, and the first event lost.
    private void PassMark()
    {
        begun = true;
        if (buffer.AsSpan(start, Mark.Length).SequenceEqual(Mark))
        {
            start += Mark.Length;
            held = held < 0 ? held : start;
            blankLine = default;
        }
    }

    public void Dispose()
    {
        Wipe();
        buffer = [];
    }

    private void MakeRoom()
    {
        var unneeded = held < 0 ? start : held;
        if (unneeded > 0)
        {
            buffer.AsSpan(unneeded, end - unneeded).CopyTo(buffer);
            (start, end, held) = (start - unneeded, end - unneeded, held < 0 ? held : 0);
        }

        if (end < buffer.Length)
        {
            return;
        }

        if (buffer.Length >= eventMaximum)
        {
            throw new InvalidDataException($"an event of the stream is longer than {eventMaximum} bytes");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, end).CopyTo(larger);
        Wipe();
        (buffer, filled) = (larger, end);
    }

    private void Wipe()
    {
        buffer.AsSpan(0, filled).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
