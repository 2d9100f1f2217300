using System.Runtime.CompilerServices;

namespace Asc.DataPlane.Providers;

/// <summary>A body that is sent piece after piece, so that a long one is never copied to change a few bytes of it.</summary>
[InlineArray(Count)]
internal struct BodyPieces
{
    public const int Count = 9;
    private ReadOnlyMemory<byte> first;

    /// <summary>A body of one piece.</summary>
    public static BodyPieces Of(ReadOnlyMemory<byte> body)
    {
        var pieces = default(BodyPieces);
        pieces[0] = body;
        return pieces;
    }

    public readonly int Length
    {
        get
        {
            var length = 0;
            foreach (var piece in this)
            {
                length += piece.Length;
            }

            return length;
        }
    }
}
