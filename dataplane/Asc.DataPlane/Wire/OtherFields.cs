using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Asc.DataPlane.Wire;

/// <summary>Where the names of the first few fields, or members of what they hold, stand that ASC does not know. The rest go unnamed.</summary>
internal struct OtherFields
{
    private const int Most = 4;
    private const int NameMaximum = 64;
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."u8);
    private Slices names;
    private int count;

    /// <param name="body">In which it stands.</param>
    /// <param name="name">A field may come again: each tool has its own.</param>
    public void Add(ReadOnlySpan<byte> body, JsonSlice name)
    {
        foreach (var known in names[..count])
        {
            if (known.Of(body).SequenceEqual(name.Of(body)))
            {
                return;
            }
        }

        if (count < Most && IsWord(name.Of(body)))
        {
            names[count++] = name;
        }
        else
        {
            HasMore = true;
        }
    }

    /// <summary>Whether a name may be repeated: anything else may be a caller's data.</summary>
    public static bool IsWord(ReadOnlySpan<byte> name) => name.Length is > 0 and <= NameMaximum && !name.ContainsAnyExcept(NameBytes);

    /// <summary>Whether there are others: more than these, or such whose names are no words.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Their names.</summary>
    public readonly IReadOnlyList<string> Of(ReadOnlySpan<byte> body)
    {
        var found = new List<string>(count);
        foreach (var name in names[..count])
        {
            found.Add(Encoding.ASCII.GetString(name.Of(body)));
        }

        return found;
    }

    [InlineArray(Most)]
    private struct Slices
    {
        private JsonSlice first;
    }
}
