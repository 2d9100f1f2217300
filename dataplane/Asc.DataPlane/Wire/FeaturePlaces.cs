using System.Numerics;
using System.Runtime.CompilerServices;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire;

/// <summary>Where in a body a request first asks for what may stand anywhere in it, for who is refused for that.</summary>
internal struct FeaturePlaces
{
    private const RequestFeatures Kept =
        RequestFeatures.SchemaBounds | RequestFeatures.ProviderContent | RequestFeatures.OtherMediaTypes | RequestFeatures.AudioInput | RequestFeatures.CustomTools | RequestFeatures.ProviderTools;

    private const int Most = 6;
    private Positions positions;

    /// <summary>Those of <paramref name="asked"/> of which no place is known.</summary>
    public readonly RequestFeatures Missing(RequestFeatures asked) => asked & Kept & ~Known;

    public void Add(RequestFeatures asked, int position)
    {
        for (var left = (ulong)Missing(asked); left != 0; left &= left - 1)
        {
            positions[PlaceOf((RequestFeatures)(left & ~(left - 1)))] = position;
        }

        Known |= asked & Kept;
    }

    /// <summary>Those whose place is known.</summary>
    public RequestFeatures Known { get; private set; }

    /// <param name="feature">One of <see cref="Known"/>.</param>
    public readonly int this[RequestFeatures feature] => positions[PlaceOf(feature)];

    // Its rank among those that are kept.
    private static int PlaceOf(RequestFeatures feature) => BitOperations.PopCount((ulong)Kept & ((ulong)feature - 1));

    [InlineArray(Most)]
    private struct Positions
    {
        private int first;
    }
}
