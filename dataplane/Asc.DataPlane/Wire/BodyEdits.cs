using System.Diagnostics;
using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Wire;

/// <summary>A place in a body, and what stands there in its place.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; the same: nothing is replaced, something is put in.</param>
/// <param name="Replacement">What is written there.</param>
internal readonly record struct BodyEdit(int Start, int End, ReadOnlyMemory<byte> Replacement)
{
    public static BodyEdit At(JsonSlice place, ReadOnlyMemory<byte> replacement) => new(place.Start, place.End, replacement);

    public static BodyEdit Before(int place, ReadOnlyMemory<byte> inserted) => new(place, place, inserted);

    /// <summary>Nothing is changed.</summary>
    public static BodyEdit None(ReadOnlyMemory<byte> body) => new(body.Length, body.Length, default);
}

/// <summary>The caller's own bytes, but for a few places: written piece by piece, never re-serialised, so that unknown fields, their order and every number arrive as they came.</summary>
internal static class BodyEdits
{
    /// <summary>Of two at one place the earlier argument comes first.</summary>
    public static BodyPieces Apply(ReadOnlyMemory<byte> body, params Span<BodyEdit> edits)
    {
        Debug.Assert((2 * edits.Length) + 1 <= BodyPieces.Count, "a body has so many pieces");
        Order(edits);
        var pieces = default(BodyPieces);
        var (count, end) = (0, 0);
        foreach (var edit in edits)
        {
            pieces[count++] = body[end..edit.Start];
            pieces[count++] = edit.Replacement;
            end = edit.End;
        }

        pieces[count] = body[end..];
        return pieces;
    }

    private static void Order(Span<BodyEdit> edits)
    {
        for (var i = 1; i < edits.Length; i++)
        {
            for (var k = i; k > 0 && edits[k].Start < edits[k - 1].Start; k--)
            {
                (edits[k - 1], edits[k]) = (edits[k], edits[k - 1]);
            }
        }
    }
}
