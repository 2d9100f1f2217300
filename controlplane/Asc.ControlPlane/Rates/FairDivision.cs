namespace Asc.ControlPlane.Rates;

/// <summary>Max-min fair: who wants less than an even share gets it, and the rest is divided among the others.</summary>
internal static class FairDivision
{
    /// <param name="capacity">What there is.</param>
    /// <param name="wants">In the order in which what can't be divided evenly is given.</param>
    /// <param name="smallest">Fewer are of no use: some get none then.</param>
    public static long[] Of(long capacity, IReadOnlyList<long> wants, long smallest)
    {
        var shares = new long[wants.Count];
        var open = Enumerable.Range(0, wants.Count).Where(index => wants[index] > 0).ToList();
        if (smallest > 0 && capacity / smallest < open.Count)
        {
            open = [.. open.Take((int)Math.Max(0, capacity / smallest))];
        }

        var left = Math.Max(0, capacity);
        while (open.Count > 0)
        {
            var even = left / open.Count;
            var satisfied = open.Where(index => Useful(wants[index], smallest) <= even).ToArray();
            if (satisfied.Length == 0)
            {
                var rest = left % open.Count;
                foreach (var index in open)
                {
                    shares[index] = even + (rest-- > 0 ? 1 : 0);
                }

                break;
            }

            foreach (var index in satisfied)
            {
                shares[index] = Useful(wants[index], smallest);
                left -= shares[index];
                open.Remove(index);
            }
        }

        return shares;
    }

    private static long Useful(long wanted, long smallest) => Math.Max(wanted, smallest);
}
