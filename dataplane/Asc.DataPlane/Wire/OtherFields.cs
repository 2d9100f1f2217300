using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Asc.DataPlane.Wire;

/// <summary>Where the names of the first few fields stand that ASC does not know. The rest go unnamed.</summary>
internal struct OtherFields
{
    private const int Most = 4;
    private const int NameMaximum = 64;
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."u8);
    private Slices names;
    private int count;

    public void Add(JsonSlice name)
    {
        if (count < Most)
        {
            names[count++] = name;
        }
    }

    /// <summary>Their names, each once. One that may be more than a name is the caller's own, and isn't repeated.</summary>
    public readonly IReadOnlyList<string> Of(ReadOnlySpan<byte> body)
    {
        var found = new List<string>(count);
        foreach (var slice in names[..count])
        {
            var name = slice.Of(body);
            if (name.Length is > 0 and <= NameMaximum && !name.ContainsAnyExcept(NameBytes) && Encoding.ASCII.GetString(name) is var text && !found.Contains(text))
            {
                found.Add(text);
            }
        }

        return found;
    }

    [InlineArray(Most)]
    private struct Slices
    {
        private JsonSlice first;
    }
}
