namespace Asc.DataPlane.Wire;

/// <summary>A request's body with blanks in the place of what the provider isn't shown, so that all else stays where it is.</summary>
internal static class BlankedBody
{
    /// <summary>Finds what is left out.</summary>
    /// <param name="body">As the endpoint's reader has read it.</param>
    /// <param name="copy">Of it, in which <see cref="Blank"/> is to blank that.</param>
    public delegate void Blanking(ReadOnlySpan<byte> body, Span<byte> copy);

    /// <summary>The body, blanked when it is first asked for.</summary>
    /// <param name="kept">Where it is kept for the request's other calls.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> body, PooledBody kept, Blanking blanking)
    {
        // Two calls may be begun at once.
        lock (kept)
        {
            if (kept.Length == 0)
            {
                var copy = kept.GetSpan(body.Length)[..body.Length];
                body.CopyTo(copy);
                blanking(body, copy);
                kept.Advance(body.Length);
            }

            return kept.Memory;
        }
    }

    /// <summary>Blanks a member of an object or an element of an array, with a comma beside it.</summary>
    public static void Blank(this Span<byte> copy, JsonSlice member)
    {
        // Of what is left: a comma goes with one of them only.
        var blank = JsonMember.WithComma(member, copy);
        copy[blank.Start..blank.End].Fill((byte)' ');
    }
}
