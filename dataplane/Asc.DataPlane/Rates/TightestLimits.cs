using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>Of the limits that count a request, of each kind the one that is nearest to refusing; null: none of the kind.</summary>
internal readonly record struct TightestLimits(BoundLimit? Requests, long RequestsLeft, BoundLimit? Tokens, long TokensLeft)
{
    /// <param name="reserve">What the request's workload leaves to others isn't there for it.</param>
    public static TightestLimits Of(RateTaking taking, long now, double reserve)
    {
        BoundLimit? requests = null;
        BoundLimit? tokens = null;
        long requestsLeft = 0, tokensLeft = 0;
        for (var i = 0; i < taking.Count; i++)
        {
            var limit = taking[i];
            if (limit.Limit.IsObserved)
            {
                continue;
            }

            if (limit.Kind == LimitKind.Requests)
            {
                Tightest(limit, now, reserve, ref requests, ref requestsLeft);
            }
            else if (limit.Kind == LimitKind.Tokens)
            {
                Tightest(limit, now, reserve, ref tokens, ref tokensLeft);
            }
        }

        return new(requests, requestsLeft, tokens, tokensLeft);
    }

    private static void Tightest(BoundLimit limit, long now, double reserve, ref BoundLimit? tightest, ref long left)
    {
        if (limit.Counter.Remaining(now, reserve) is var remaining && (tightest is null || remaining < left))
        {
            (tightest, left) = (limit, remaining);
        }
    }
}
