using System.Runtime.CompilerServices;

namespace Asc.Policy.Evaluation;

/// <summary>The candidates of a name that may serve a request, the preferred one first. A value of fixed size.</summary>
public struct CandidateRanking
{
    /// <summary>How many candidates a name may have.</summary>
    public const int MaximumCandidates = 64;

    private Places places;

    /// <summary>How many may serve.</summary>
    public int Count { get; private set; }

    /// <summary>The place among the name's candidates of the one ranked <paramref name="rank"/>.</summary>
    public readonly int this[int rank] => places[rank];

    /// <summary>When the candidate at <paramref name="place"/> is asked: 1 first, 0 never.</summary>
    public readonly int RankOf(int place)
    {
        for (var rank = 0; rank < Count; rank++)
        {
            if (places[rank] == place)
            {
                return rank + 1;
            }
        }

        return 0;
    }

    internal void Add(int place) => places[Count++] = (byte)place;

    // Stable: what is equal stays in the order it had. By place.
    internal void SortBy(ReadOnlySpan<double> keys)
    {
        for (var rank = 1; rank < Count; rank++)
        {
            var place = places[rank];
            var to = rank;
            for (; to > 0 && keys[places[to - 1]] > keys[place]; to--)
            {
                places[to] = places[to - 1];
            }

            places[to] = place;
        }
    }

    internal void PutFirst(int rank)
    {
        var place = places[rank];
        for (; rank > 0; rank--)
        {
            places[rank] = places[rank - 1];
        }

        places[0] = place;
    }

    // Those of the set behind all others, each group in the order it had.
    internal void PutLast(ulong set)
    {
        if (set == 0)
        {
            return;
        }

        var ranked = this;
        Count = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var rank = 0; rank < ranked.Count; rank++)
            {
                if (((set >> ranked[rank]) & 1) == (ulong)pass)
                {
                    Add(ranked[rank]);
                }
            }
        }
    }

    [InlineArray(MaximumCandidates)]
    private struct Places
    {
        private byte first;
    }
}
