using Asc.Persistence.Rates;

namespace Asc.ControlPlane.Rates;

/// <summary>What is known of members and holdings, as far as one account needs it: read before, written after, in one transaction.</summary>
internal sealed class ShareTable(IEnumerable<RateMember> members, IEnumerable<RateHolding> holdings)
{
    private readonly Dictionary<string, RateMember> members = members.ToDictionary(member => member.Node, StringComparer.Ordinal);
    private readonly Dictionary<(string Limit, string Node), RateHolding> holdings = holdings.ToDictionary(holding => (holding.Limit, holding.Node));
    private readonly Dictionary<string, List<RateHolding>> byLimit = holdings.GroupBy(holding => holding.Limit).ToDictionary(limit => limit.Key, limit => limit.ToList(), StringComparer.Ordinal);

    public IEnumerable<RateMember> Members => members.Values;

    public IEnumerable<RateHolding> Holdings => holdings.Values;

    public List<object> Added { get; } = [];

    public List<object> Removed { get; } = [];

    public RateMember? Member(string node) => members.GetValueOrDefault(node);

    public RateHolding? Holding(string limit, string node) => holdings.GetValueOrDefault((limit, node));

    public IEnumerable<RateHolding> Of(string limit) => byLimit.GetValueOrDefault(limit) ?? [];

    public IReadOnlyList<RateHolding> HeldBy(string node) => [.. holdings.Values.Where(holding => holding.Node == node)];

    public RateMember Add(RateMember member)
    {
        members.Add(member.Node, member);
        Added.Add(member);
        return member;
    }

    public RateHolding Add(RateHolding holding)
    {
        // What goes and comes in one transaction is one row to the database.
        if (Removed.OfType<RateHolding>().FirstOrDefault(removed => (removed.Limit, removed.Node) == (holding.Limit, holding.Node)) is { } row)
        {
            Removed.Remove(row);
            (row.Units, row.Until, row.Wanted, row.Value, row.Smallest, row.LoweredAt, row.Called) =
                (holding.Units, holding.Until, holding.Wanted, holding.Value, holding.Smallest, holding.LoweredAt, holding.Called);
            holding = row;
        }
        else
        {
            Added.Add(holding);
        }

        holdings.Add((holding.Limit, holding.Node), holding);
        if (!byLimit.TryGetValue(holding.Limit, out var ofLimit))
        {
            byLimit.Add(holding.Limit, ofLimit = []);
        }

        ofLimit.Add(holding);
        return holding;
    }

    public void Remove(RateHolding holding)
    {
        holdings.Remove((holding.Limit, holding.Node));
        byLimit[holding.Limit].Remove(holding);
        if (!Added.Remove(holding))
        {
            Removed.Add(holding);
        }
    }

    public void Remove(RateMember member)
    {
        foreach (var holding in HeldBy(member.Node))
        {
            Remove(holding);
        }

        members.Remove(member.Node);
        if (!Added.Remove(member))
        {
            Removed.Add(member);
        }
    }
}
