using System.Globalization;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>The part of a list that <c>limit</c>, <c>after_id</c> and <c>before_id</c> ask for (facts: 2.3).</summary>
internal static class ModelPage
{
    private const int Usual = 20;
    private const int Most = 1000;

    /// <summary>What is wrong with them; null where nothing is.</summary>
    public static GatewayError? Problem(IQueryCollection query) =>
        LimitOf(query) is null ? new(ErrorCode.InvalidRequest, $"\"limit\" must be a whole number from 1 to {Most}.", "limit")
        : query.ContainsKey("after_id") && query.ContainsKey("before_id") ? new(ErrorCode.InvalidRequest, "Send \"after_id\" or \"before_id\", not both.", "after_id")
        : null;

    /// <summary>The page, and whether there is more beyond it in the direction that is read.</summary>
    public static (IReadOnlyList<CompiledName> Page, bool HasMore) Of(IReadOnlyList<CompiledName> names, IQueryCollection query)
    {
        var limit = LimitOf(query) ?? Usual;
        if (query["before_id"] is [{ } before])
        {
            var earlier = names.Where(name => string.CompareOrdinal(name.Name, before) < 0).ToArray();
            return ([.. earlier.TakeLast(limit)], earlier.Length > limit);
        }

        var later = query["after_id"] is [{ } after] ? [.. names.Where(name => string.CompareOrdinal(name.Name, after) > 0)] : names;
        return ([.. later.Take(limit)], later.Count > limit);
    }

    private static int? LimitOf(IQueryCollection query) => query["limit"] switch
    {
        [] => Usual,
        [{ } text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most => limit,
        _ => null,
    };
}
