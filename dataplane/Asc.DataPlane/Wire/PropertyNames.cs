using System.Text.Json;

namespace Asc.DataPlane.Wire;

/// <summary>
/// The property names of one JSON object that ASC reads. A name that stands twice, or in disguise, is refused: two readers could take two values.
/// </summary>
internal ref struct PropertyNames
{
    private const int Inline = 32;

    // Each name is held against all before it: an object of the protocol has a few dozen, and more would be somebody's way to keep a core busy.
    private const int Maximum = 128;
    private InlineSlices slices;
    private List<JsonSlice>? more;
    private int count;

    /// <summary>Null where the name at <paramref name="reader"/> is new and plain, else what is wrong with it.</summary>
    public string? Problem(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> body)
    {
        var name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            return $"the property name \"{System.Text.Encoding.UTF8.GetString(name)}\" is written with escapes: write it plainly";
        }

        if (count == Maximum)
        {
            return $"an object has more than {Maximum} properties";
        }

        for (var i = 0; i < count; i++)
        {
            var earlier = i < Inline ? slices[i] : more![i - Inline];
            if (earlier.Of(body).SequenceEqual(name))
            {
                return $"the property \"{System.Text.Encoding.UTF8.GetString(name)}\" stands twice in one object";
            }
        }

        // The name without its quotes starts one behind the token.
        var slice = new JsonSlice((int)reader.TokenStartIndex + 1, name.Length);
        if (count < Inline)
        {
            slices[count] = slice;
        }
        else
        {
            (more ??= []).Add(slice);
        }

        count++;
        return null;
    }

    [System.Runtime.CompilerServices.InlineArray(Inline)]
    private struct InlineSlices
    {
        private JsonSlice first;
    }
}
