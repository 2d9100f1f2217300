using System.Runtime.InteropServices;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Looks into the elements of a body; what is null counts as absent.</summary>
internal static class JsonElements
{
    private const int Longest = 64;

    /// <summary>Undefined where absent or null.</summary>
    public static JsonElement Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    public static bool Exists(this JsonElement element) => element.ValueKind != JsonValueKind.Undefined;

    /// <summary>Whether it is this string.</summary>
    public static bool Is(this JsonElement element, ReadOnlySpan<byte> text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);

    /// <summary>A string with something in it.</summary>
    public static bool IsText(this JsonElement element) => element.ValueKind == JsonValueKind.String && !element.ValueEquals(""u8);

    /// <summary>A string; undefined where absent.</summary>
    public static JsonElement OptionalString(this JsonElement element, ReadOnlySpan<byte> name, string path) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.String } text => text,
        _ => throw new UntranslatableException($"\"{path}\" must be a string.", path),
    };

    public static JsonElement RequiredString(this JsonElement element, ReadOnlySpan<byte> name, string path) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text,
        _ => throw new UntranslatableException($"\"{path}\" must be a string.", path),
    };

    /// <summary>An object; undefined where absent.</summary>
    public static JsonElement OptionalObject(this JsonElement element, ReadOnlySpan<byte> name, string path) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Object } value => value,
        _ => throw new UntranslatableException($"\"{path}\" must be an object.", path),
    };

    public static JsonElement RequiredObject(this JsonElement element, ReadOnlySpan<byte> name, string path) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw new UntranslatableException($"\"{path}\" must be an object.", path),
    };

    /// <summary>Null where absent.</summary>
    public static bool? OptionalFlag(this JsonElement element, ReadOnlySpan<byte> name, string path) => element.Member(name).ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new UntranslatableException($"\"{path}\" must be true or false.", path),
    };

    /// <summary>A number; undefined where absent.</summary>
    public static JsonElement OptionalNumber(this JsonElement element, ReadOnlySpan<byte> name, string path) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Number } number => number,
        _ => throw new UntranslatableException($"\"{path}\" must be a number.", path),
    };

    /// <summary>The elements of an array, none where absent.</summary>
    public static JsonElement.ArrayEnumerator Elements(this JsonElement element, ReadOnlySpan<byte> name, string path) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Undefined } => default,
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        _ => throw new UntranslatableException($"\"{path}\" must be an array.", path),
    };

    /// <summary>Reads each element of an array.</summary>
    /// <param name="elements">None where absent.</param>
    /// <param name="path">Of the array.</param>
    /// <param name="state">For <paramref name="read"/>, which is given an element and its place with it.</param>
    /// <exception cref="UntranslatableException">One could not be read; it says which.</exception>
    public static void ReadEach<TState>(this JsonElement.ArrayEnumerator elements, string path, TState state, Action<JsonElement, int, TState> read)
    {
        var place = 0;
        foreach (var one in elements)
        {
            try
            {
                read(one, place, state);
            }
            catch (UntranslatableException problem)
            {
                throw problem.At(path, place);
            }

            place++;
        }
    }

    /// <summary>A caller's word in an error's message: not all of a long one.</summary>
    public static string Shown(this JsonElement text) => text.GetString() is { Length: > Longest } longer ? longer[..Longest] + "…" : text.GetString()!;

    /// <summary>What is written between a string's quotes.</summary>
    public static ReadOnlySpan<byte> Inside(this JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    /// <summary>The text between tags, where there is no place that says what it is.</summary>
    public static JsonElement Marked(this JsonElement text, ReadOnlySpan<byte> tag)
    {
        var reader = new Utf8JsonReader([(byte)'"', (byte)'<', .. tag, (byte)'>', .. text.Inside(), (byte)'<', (byte)'/', .. tag, (byte)'>', (byte)'"']);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Copies the value as it was written.</summary>
    public static void WriteAsRead(this Utf8JsonWriter writer, JsonElement value) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>Copies a member's value as it was written; writes nothing where it is undefined.</summary>
    public static void WriteAsRead(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.Exists())
        {
            writer.WritePropertyName(name);
            writer.WriteAsRead(value);
        }
    }

    /// <summary>Copies a number, or writes 1 where it is more; nothing where it is undefined.</summary>
    public static void WriteAtMostOne(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement number)
    {
        if (number.Exists() && number.GetDouble() > 1)
        {
            writer.WriteNumber(name, 1);
        }
        else
        {
            writer.WriteAsRead(name, number);
        }
    }

    /// <summary>A string of which <paramref name="inside"/> is what stands between the quotes, written with escapes already.</summary>
    public static void WriteInside(this Utf8JsonWriter writer, ReadOnlySpan<byte> inside)
    {
        // The writer takes whole values only.
        var quoted = System.Buffers.ArrayPool<byte>.Shared.Rent(inside.Length + 2);
        quoted[0] = (byte)'"';
        inside.CopyTo(quoted.AsSpan(1));
        quoted[inside.Length + 1] = (byte)'"';
        writer.WriteRawValue(quoted.AsSpan(0, inside.Length + 2), skipInputValidation: true);
        quoted.AsSpan(0, inside.Length + 2).Clear();
        System.Buffers.ArrayPool<byte>.Shared.Return(quoted);
    }
}
