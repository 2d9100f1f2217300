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
    public static BodyPieces Apply(ReadOnlyMemory<byte> body, BodyEdit first, BodyEdit second, BodyEdit third)
    {
        Order(ref first, ref second);
        Order(ref second, ref third);
        Order(ref first, ref second);
        var pieces = default(BodyPieces);
        pieces[0] = body[..first.Start];
        pieces[1] = first.Replacement;
        pieces[2] = body[first.End..second.Start];
        pieces[3] = second.Replacement;
        pieces[4] = body[second.End..third.Start];
        pieces[5] = third.Replacement;
        pieces[6] = body[third.End..];
        return pieces;
    }

    private static void Order(ref BodyEdit one, ref BodyEdit other)
    {
        if (other.Start < one.Start)
        {
            (one, other) = (other, one);
        }
    }
}
