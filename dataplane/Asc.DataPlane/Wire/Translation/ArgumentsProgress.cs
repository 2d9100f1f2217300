using System.Buffers.Text;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Whether the JSON value that comes as pieces of a JSON string is complete. What is inside nested values is not judged.</summary>
internal struct ArgumentsProgress
{
    private int depth;
    private bool inString;
    private bool isEscaped;

    /// <summary>Whether anything has come.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the object or array that began is closed.</summary>
    public readonly bool IsComplete => HasBegun && depth == 0 && !inString;

    /// <param name="fragment">What stands in a JSON string: no escape is cut in two.</param>
    public void Add(ReadOnlySpan<byte> fragment)
    {
        while (!fragment.IsEmpty)
        {
            var (character, length) = Next(fragment);
            fragment = fragment[length..];
            Take(character);
        }
    }

    private void Take(int character)
    {
        if (isEscaped)
        {
            isEscaped = false;
        }
        else if (inString)
        {
            (isEscaped, inString) = (character == '\\', character != '"');
        }
        else
        {
            inString = character == '"';
            depth += character is '{' or '[' ? 1 : character is '}' or ']' ? -1 : 0;
        }

        HasBegun |= character is not (' ' or '\n' or '\r' or '\t');
    }

    // The character that is meant: those that matter are ASCII.
    private static (int Character, int Length) Next(ReadOnlySpan<byte> text)
    {
        if (text[0] != '\\' || text.Length < 2)
        {
            return (text[0], 1);
        }

        return text[1] switch
        {
            (byte)'n' => ('\n', 2),
            (byte)'r' => ('\r', 2),
            (byte)'t' => ('\t', 2),
            (byte)'u' when text.Length >= 6 && Utf8Parser.TryParse(text[2..6], out short code, out var read, 'x') && read == 4 => ((ushort)code, 6),
            var other => (other, 2),
        };
    }
}
