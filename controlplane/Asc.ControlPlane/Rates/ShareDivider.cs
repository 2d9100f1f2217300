using Asc.Contracts.Accounting;
using Asc.Contracts.Accounting.V1;
using Asc.Persistence.Rates;

namespace Asc.ControlPlane.Rates;

/// <summary>What an account leads to.</summary>
/// <param name="Statement">For the node; null: the operation was done before, or is another boot's.</param>
/// <param name="Calls">Who is to tell of what.</param>
internal sealed record Division(ShareStatement? Statement, IReadOnlyList<(string Node, string? Limit)> Calls)
{
    public static Division Stale { get; } = new(null, []);
}

/// <summary>
/// Divides rate limits among nodes so that what all of them may believe to hold is never more than the limit. Pure: members and holdings in, out.
/// A node is believed to hold the most that it was ever told, until it says itself what it holds, is a newer boot, or its time has run out.
/// </summary>
internal sealed class ShareDivider(ShareTable table, NodeAccount account, DateTimeOffset now)
{
    private readonly HashSet<(string Node, string? Limit)> calls = [];
    private readonly ShareStatement statement = new() { ValidSeconds = ShareTimes.Life.TotalSeconds, PromiseSeconds = ShareTimes.Promise.TotalSeconds };
    private RateMember member = null!;

    private ShareReport Report => account.Shares;

    public Division Divide()
    {
        if (!TryEnter())
        {
            return Division.Stale;
        }

        if (Report.Leaving)
        {
            var held = table.HeldBy(member.Node).Select(holding => holding.Limit).ToArray();
            table.Remove(member);
            CallThoseWhoWait(held);
            CallForParts();
            return new(statement, [.. calls]);
        }

        ForgetTheLost();
        DivideParts();
        foreach (var limit in Report.Limits)
        {
            DivideLimit(limit);
        }

        var told = Report.Limits.Select(limit => limit.Limit).ToHashSet(StringComparer.Ordinal);
        statement.Tell.AddRange(table.HeldBy(member.Node).Select(holding => holding.Limit).Where(limit => !told.Contains(limit)));
        return new(statement, [.. calls]);
    }

    /// <summary>Whether the node's part may grow, so that every limit that is assigned bears on the answer.</summary>
    public static bool MayGrow(IReadOnlyCollection<RateMember> members, NodeAccount account, DateTimeOffset now)
    {
        var others = members.Where(other => other.Node != account.Node).ToArray();
        var present = 1 + others.Count(other => now - other.AnsweredAt <= ShareTimes.Quiet);
        var absent = others.Where(other => now - other.AnsweredAt > ShareTimes.Quiet && now - other.AnsweredAt <= ShareTimes.Forgotten).Sum(other => other.Part);
        return (long)account.Shares.Part < (ImpliedShare.WholePart - absent) / present;
    }

    private bool TryEnter()
    {
        var known = table.Member(account.Node);
        if (known is not null && ((ulong)known.Boot > account.Boot || ((ulong)known.Boot == account.Boot && (ulong)known.Operation >= account.Operation)))
        {
            return false;
        }

        if (known is not null && (ulong)known.Boot < account.Boot)
        {
            // The process that held them is gone: a newer one has its name.
            foreach (var holding in table.HeldBy(known.Node))
            {
                table.Remove(holding);
            }

            (known.Boot, known.Part, known.HeardAt) = ((long)account.Boot, 0, DateTimeOffset.MinValue);
        }

        member = known ?? table.Add(new RateMember
        {
            Node = account.Node, Boot = (long)account.Boot, Operation = 0, Part = 0, AnsweredAt = DateTimeOffset.MinValue, HeardAt = DateTimeOffset.MinValue,
        });
        if (account.Answered > 0 && account.Answered == (ulong)member.Operation)
        {
            // Not now: that it heard the last statement is all that this account proves.
            member.HeardAt = member.AnsweredAt;
        }

        (member.Operation, member.AnsweredAt) = ((long)account.Operation, now);
        return true;
    }

    private void ForgetTheLost()
    {
        foreach (var lost in table.Members.Where(other => now - other.AnsweredAt > ShareTimes.Forgotten).ToArray())
        {
            table.Remove(lost);
        }
    }

    // A part grows only into what nobody may believe to hold.
    private void DivideParts()
    {
        var others = table.Members.Where(other => other != member).ToArray();
        var (held, target) = ((long)Math.Min(Report.Part, ImpliedShare.WholePart), PartTarget());
        var room = Math.Max(0, ImpliedShare.WholePart - others.Sum(other => other.Part));
        var part = target <= held ? target : Math.Max(held, Math.Min(target, room));
        member.Part = Math.Max(held, part);
        statement.Part = (ulong)part;
        if (part > held)
        {
            KeepAssignedLimitsAsTheyAre(held);
        }

        CallForParts();
    }

    private long PartTarget()
    {
        var present = table.Members.Count(IsPresent);
        return present == 0 ? 0 : Math.Max(0, ImpliedShare.WholePart - table.Members.Where(other => !IsPresent(other)).Sum(other => other.Part)) / present;
    }

    // Those that have more than their part, where somebody lacks; those that lack, where there is room.
    private void CallForParts()
    {
        var target = PartTarget();
        var present = table.Members.Where(other => IsPresent(other) && other != member).ToArray();
        var lacking = table.Members.Where(other => IsPresent(other) && other.Part < target).ToArray();
        var room = ImpliedShare.WholePart - table.Members.Sum(other => other.Part);
        foreach (var other in present)
        {
            if ((other.Part > target && lacking.Length > 0) || (other.Part < target && room > 0))
            {
                calls.Add((other.Node, null));
            }
        }
    }

    // Others may have what a larger part would imply.
    private void KeepAssignedLimitsAsTheyAre(long part)
    {
        var reported = Report.Limits.Select(limit => limit.Limit).ToHashSet(StringComparer.Ordinal);
        foreach (var limit in table.Holdings.Select(holding => holding.Limit).Distinct(StringComparer.Ordinal).Where(limit => !reported.Contains(limit)).ToArray())
        {
            var (value, smallest) = ValueOf(limit);
            var implied = ImpliedShare.Of(value, part, smallest);
            var holding = table.Holding(limit, member.Node) ?? Assign(limit, implied, value, smallest);
            // It doesn't speak of it, so that is what it uses, of the value that is known.
            holding.Called = true;
            holding.LoweredAt = implied < holding.UnitsOf(value) ? now : holding.LoweredAt;
            (holding.Units, holding.Value, holding.Until) = (implied, value, now + ShareTimes.Life + ShareTimes.Allowance);
            statement.Limits.Add(new LimitShare { Limit = limit, Units = (ulong)holding.Units, Value = (ulong)holding.Value });
        }
    }

    private void DivideLimit(LimitReport reported)
    {
        // A node that was called before it has met the limit goes by what the others say.
        var (limit, held) = (reported.Limit, (long)reported.Held);
        var (value, smallest) = reported.Value > 0 ? ((long)reported.Value, (long)Math.Max(1, reported.Smallest)) : ValueOf(limit);
        var mine = table.Holding(limit, member.Node) ?? Assign(limit, held, value, smallest);
        var gaveUp = held < mine.UnitsOf(value);
        mine.LoweredAt = gaveUp ? now : mine.LoweredAt;
        (mine.Units, mine.Wanted, mine.Value, mine.Smallest, mine.Called) = (held, Math.Min((long)reported.Wanted, value), value, smallest, false);
        mine.Until = now + ShareTimes.Life + ShareTimes.Allowance + TimeSpan.FromSeconds(reported.LingerSeconds);

        var share = ShareOf(mine, value, smallest, reported.LingerSeconds > 0 ? ShareTimes.TurnOfSlots : ShareTimes.Turn, out var more);
        var isFull = share > held && IsRested(limit);
        mine.Units = Math.Max(held, share);
        var implied = ImpliedShare.Of(value, member.Part, smallest);
        if (CanBeReleased(mine, implied))
        {
            table.Remove(mine);
            statement.Limits.Add(new LimitShare { Limit = limit, Released = true });
        }
        else
        {
            statement.Limits.Add(new LimitShare { Limit = limit, Units = (ulong)share, Value = (ulong)value, Full = isFull, MoreMayCome = more });
        }

        if (gaveUp)
        {
            CallThoseWhoWait([limit]);
        }
    }

    private long ShareOf(RateHolding mine, long value, long smallest, TimeSpan turn, out bool more)
    {
        var others = table.Members.Where(other => other != member).Select(other => (Member: other, Holding: table.Holding(mine.Limit, other.Node))).ToArray();
        var room = value - others.Sum(other => Believed(mine.Limit, other.Member, other.Holding, value));
        // Whoever is there and can be called back shares fairly; what the others may have is not to be divided.
        var sharing = InTurn(others.Where(other => IsPresent(other.Member) && other.Holding is not null).Select(other => other.Holding!).Append(mine), turn);
        var capacity = value - others.Where(other => !IsPresent(other.Member)).Sum(other => Believed(mine.Limit, other.Member, other.Holding, value));
        var fair = FairDivision.Of(capacity, [.. sharing.Select(holding => holding.Wanted)], smallest);
        var left = Math.Max(0, capacity - fair.Sum());
        var share = Math.Max(fair[Array.IndexOf(sharing, mine)], Math.Min(ImpliedShare.Of(value, member.Part, smallest), left));
        var given = Math.Min(share, Math.Max(0, room));
        given = given >= smallest ? given : 0;
        // What is too small to be divided is one node's at a time: others may be done with it.
        var hasNone = given == 0 && mine.Wanted > 0;
        more = (given < share || hasNone) && Reclaim(mine, sharing, fair, others, value, smallest, hasNone);
        return given;
    }

    // By their names, but each for a while is the first.
    private RateHolding[] InTurn(IEnumerable<RateHolding> sharing, TimeSpan turn)
    {
        var named = sharing.OrderBy(holding => holding.Node, StringComparer.Ordinal).ToArray();
        var first = (int)(now.UtcTicks / turn.Ticks % named.Length);
        return [.. named[first..], .. named[..first]];
    }

    // Asks back what others have beyond their fair share.
    private bool Reclaim(RateHolding mine, RateHolding[] sharing, long[] fair, (RateMember Member, RateHolding? Holding)[] others, long value, long smallest, bool hasNone)
    {
        var any = false;
        for (var i = 0; i < sharing.Length; i++)
        {
            if (sharing[i] != mine && sharing[i].UnitsOf(value) > (hasNone ? 0 : fair[i]))
            {
                any |= Call(sharing[i]);
            }
        }

        foreach (var (other, _) in others.Where(other => other.Holding is null && IsPresent(other.Member)))
        {
            var implied = ImpliedAtMost(mine.Limit, other, value);
            if (implied > 0)
            {
                any |= Call(table.Add(new RateHolding
                {
                    Limit = mine.Limit, Node = other.Node, Units = implied, Until = now, Wanted = 0, Value = value, Smallest = smallest, LoweredAt = DateTimeOffset.MinValue, Called = true,
                }));
            }
        }

        return any;
    }

    private bool Call(RateHolding holding)
    {
        holding.Called = true;
        calls.Add((holding.Node, holding.Limit));
        return true;
    }

    private void CallThoseWhoWait(IEnumerable<string> limits)
    {
        foreach (var holding in limits.SelectMany(table.Of).Where(holding => holding.Node != member.Node && holding.Wanted > holding.Units))
        {
            if (table.Member(holding.Node) is { } other && IsPresent(other))
            {
                calls.Add((holding.Node, holding.Limit));
            }
        }
    }

    // Of a node that was not heard of lately, what it may go back to counts too.
    private long Believed(string limit, RateMember other, RateHolding? holding, long value)
    {
        var implied = ImpliedAtMost(limit, other, value);
        return holding is null ? implied
            // Who is to tell of it may enforce the larger value that another tells of now, and of that its implied share may be large enough to be used. Of who was only called back it is too much
            // until the next account, which is the safe side.
            : now - other.HeardAt <= ShareTimes.Quiet ? Math.Max(holding.UnitsOf(value), holding.Called && holding.Value < value ? implied : 0)
            : Math.Max(now <= holding.Until ? holding.UnitsOf(value) : 0, implied);
    }

    // Nothing where it is too little to be used, under each value that anybody is known to enforce: while a policy version comes into force there are several.
    private long ImpliedAtMost(string limit, RateMember other, long value)
    {
        var (largest, smallest) = ValueOf(limit);
        return ImpliedShare.Of(largest, other.Part, smallest) == 0 ? 0 : ImpliedShare.AtMost(value, other.Part);
    }

    private bool CanBeReleased(RateHolding mine, long implied) =>
        mine.Wanted <= implied && mine.Units <= implied && now - mine.LoweredAt > ShareTimes.Refilled && !IsWantedByAnother(mine.Limit) && HasRoomForAllThatIsImplied(mine.Limit);

    // Who is released has its implied share again: it would be asked to lend it at once.
    private bool IsWantedByAnother(string limit) => table.Of(limit).Any(holding =>
        holding.Node != member.Node && holding.Wanted > holding.Units && table.Member(holding.Node) is { } other && IsPresent(other));

    // By the largest value that anybody enforces: whoever enforces less now may enforce that next.
    private bool HasRoomForAllThatIsImplied(string limit)
    {
        var (value, _) = ValueOf(limit);
        return ImpliedAtMost(limit, member, value) + table.Members.Where(other => other != member).Sum(other => Believed(limit, other, table.Holding(limit, other.Node), value)) <= value;
    }

    private bool IsRested(string limit) => table.Of(limit).All(holding =>
        now - holding.LoweredAt > ShareTimes.Refilled
        && (table.Member(holding.Node) is not { } other || IsPresent(other) || now - holding.Until > ShareTimes.Refilled));

    private bool IsPresent(RateMember other) => now - other.AnsweredAt <= ShareTimes.Quiet;

    private (long Value, long Smallest) ValueOf(string limit) => table.Of(limit).MaxBy(holding => holding.Value) is { } holding ? (holding.Value, holding.Smallest) : (0, 1);

    private RateHolding Assign(string limit, long units, long value, long smallest) => table.Add(new RateHolding
    {
        Limit = limit, Node = member.Node, Units = units, Until = now + ShareTimes.Life + ShareTimes.Allowance, Wanted = 0, Value = value, Smallest = smallest,
        LoweredAt = DateTimeOffset.MinValue, Called = false,
    });
}
