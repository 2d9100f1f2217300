using System.Globalization;
using Asc.Policy.Compilation;

namespace Asc.ControlPlane.Policies;

/// <summary>One rule of a tenant's document.</summary>
/// <param name="Rule">Named as its field is.</param>
/// <param name="Values">As written.</param>
/// <param name="Origin">The tenant's path.</param>
internal sealed record DeclaredRule(string Rule, string[] Values, string Origin);

/// <summary>What a tenant's and its ancestors' rules come to together, a rule for each field: their meet.</summary>
internal static class EffectivePolicy
{
    /// <summary>The value that nobody below takes back.</summary>
    public const string Refuses = "refuse";

    /// <param name="declared">What is enforced, the root's first.</param>
    public static IEnumerable<DeclaredRule> Of(IEnumerable<DeclaredRule> declared) => declared.GroupBy(rule => rule.Rule).Select(rules => rules.Aggregate(Meet));

    private static DeclaredRule Meet(DeclaredRule above, DeclaredRule below)
    {
        var values = KindOf(above.Rule) switch
        {
            Kind.Nearest => below.Values,
            Kind.Refusal => above.Values is [Refuses] ? above.Values : below.Values,
            Kind.Smallest => Number(below) < Number(above) ? below.Values : above.Values,
            Kind.All => [.. above.Values.Union(below.Values, StringComparer.Ordinal)],
            _ => [.. above.Values.SelectMany(one => below.Values.Select(other => Both(one, other))).OfType<string>().Distinct(StringComparer.Ordinal)],
        };
        // Of what adds up each that adds; of all else the one by which it came to be what it is.
        var changes = !values.ToHashSet(StringComparer.Ordinal).SetEquals(above.Values) || KindOf(above.Rule) == Kind.Nearest;
        return new(above.Rule, values, !changes ? above.Origin : KindOf(above.Rule) == Kind.All ? $"{above.Origin}, {below.Origin}" : below.Origin);
    }

    private static Kind KindOf(string rule) => rule switch
    {
        "models.deny" or "tags.require" or "dataClasses.floor" or "limits.models" => Kind.All,
        "workloads.default" => Kind.Nearest,
        "featureGaps" => Kind.Refusal,
        _ when rule.StartsWith("dataClasses.rules.", StringComparison.Ordinal) => Kind.All,
        _ when rule.StartsWith("tags.default.", StringComparison.Ordinal) => Kind.Nearest,
        _ when rule.StartsWith("limits.", StringComparison.Ordinal) => Kind.Smallest,
        _ => Kind.Common,
    };

    // Names and prefix patterns: of two the narrower is what both match; null: nothing.
    private static string? Both(string one, string other) => one == other || new NamePattern(one).Matches(Stem(other)) && (one.EndsWith('*') || !other.EndsWith('*')) ? other
        : new NamePattern(other).Matches(Stem(one)) && (other.EndsWith('*') || !one.EndsWith('*')) ? one
        : null;

    private static string Stem(string pattern) => pattern.EndsWith('*') ? pattern[..^1] : pattern;

    private static long Number(DeclaredRule rule) => long.Parse(rule.Values[0], CultureInfo.InvariantCulture);

    private enum Kind
    {
        Common,
        All,
        Smallest,
        Nearest,
        Refusal,
    }
}
