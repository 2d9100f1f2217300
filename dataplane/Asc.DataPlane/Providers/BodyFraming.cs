using System.Buffers.Text;

namespace Asc.DataPlane.Providers;

/// <summary>Tells a body's own bytes from the framing around them (RFC 9112, 6 and 7): by length, in chunks, or until the connection ends.</summary>
internal struct BodyFraming
{
    private const int LineMaximum = 1024;
    private const int TrailersMaximum = 16 * 1024;
    private Part part;
    // Of the body, or of the chunk; of trailers: how much may come yet.
    private long remaining;

    private enum Part
    {
        Done,
        Length,
        UntilClose,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
    }

    public readonly bool IsDone => part == Part.Done;

    /// <summary>Whether the end of the connection is the end of the body.</summary>
    public readonly bool EndsWithConnection => part == Part.UntilClose;

    /// <summary>How many of the next bytes are certainly the body's own.</summary>
    public readonly long Certain => part switch
    {
        Part.Length or Part.ChunkData => remaining,
        Part.UntilClose => long.MaxValue,
        _ => 0,
    };

    public static BodyFraming Of(UpstreamHead head) => head switch
    {
        { IsChunked: true } => new() { part = Part.ChunkSize },
        { ContentLength: 0 } => default,
        { ContentLength: { } length } => new() { part = Part.Length, remaining = length },
        _ => new() { part = Part.UntilClose },
    };

    /// <summary>Moves the body's bytes from <paramref name="input"/>, which advances, to <paramref name="destination"/>.</summary>
    /// <returns>How many; with none moved and the body not done, more input is needed.</returns>
    /// <exception cref="UpstreamException">The chunks are not well formed.</exception>
    public int Take(ref ReadOnlySpan<byte> input, Span<byte> destination)
    {
        var taken = 0;
        while (part != Part.Done && taken < destination.Length)
        {
            var certain = (int)Math.Min(Certain, Math.Min(input.Length, destination.Length - taken));
            if (certain > 0)
            {
                input[..certain].CopyTo(destination[taken..]);
                input = input[certain..];
                taken += certain;
                Advance(certain);
            }
            else if (Certain > 0 || !TryPassFraming(ref input))
            {
                break;
            }
        }

        if (taken > 0 && part != Part.Done)
        {
            // The end, where it is here already: it decides whether the connection can be used again.
            while (Certain == 0 && part != Part.Done && TryPassFraming(ref input))
            {
            }
        }

        return taken;
    }

    /// <summary>That many of the body's bytes went past.</summary>
    public void Advance(int bytes)
    {
        if (part == Part.UntilClose)
        {
            return;
        }

        remaining -= bytes;
        if (remaining == 0)
        {
            part = part == Part.Length ? Part.Done : Part.ChunkEnd;
        }
    }

    private bool TryPassFraming(ref ReadOnlySpan<byte> input)
    {
        var newline = input.IndexOf((byte)'\n');
        if (newline < 0)
        {
            return input.Length > LineMaximum ? throw Malformed() : false;
        }

        var line = input[..newline];
        input = input[(newline + 1)..];
        line = line is [.. var text, (byte)'\r'] ? text : throw Malformed();
        switch (part)
        {
            case Part.ChunkEnd:
                part = line.IsEmpty ? Part.ChunkSize : throw Malformed();
                break;
            case Part.ChunkSize:
                remaining = SizeOf(line);
                (part, remaining) = remaining > 0 ? (Part.ChunkData, remaining) : (Part.Trailers, TrailersMaximum);
                break;
            case Part.Trailers:
                remaining -= newline;
                part = line.IsEmpty ? Part.Done : remaining > 0 ? Part.Trailers : throw Malformed();
                break;
        }

        return true;
    }

    private static long SizeOf(ReadOnlySpan<byte> line)
    {
        var extension = line.IndexOf((byte)';');
        var digits = (extension < 0 ? line : line[..extension]).TrimEnd(" \t"u8);
        return digits.Length is > 0 and < 16 && Utf8Parser.TryParse(digits, out long size, out var consumed, 'x') && consumed == digits.Length ? size : throw Malformed();
    }

    private static UpstreamException Malformed() => new(UpstreamFailure.Malformed, "the answer's chunks are not well formed");
}
