using System.Globalization;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Rates;

/// <summary>A limit of one policy version, and the counter that goes on counting it.</summary>
internal sealed class BoundLimit
{
    private readonly CounterBook book;
    private readonly IShareSource shares;
    private readonly CounterName name;
    private readonly (ulong Epoch, ulong Version) order;
    private volatile LimitCounter counter;

    /// <param name="limit">What is counted.</param>
    /// <param name="subject">What the limit leaves open: a key's id, a tenant's; null: nothing.</param>
    /// <param name="counted">As people read it; null: as the limit says.</param>
    /// <param name="order">Of the policy that has the limit.</param>
    /// <param name="book">Where its counter is.</param>
    /// <param name="shares">Where its share comes from.</param>
    public BoundLimit(CompiledLimit limit, string? subject, string? counted, (ulong Epoch, ulong Version) order, CounterBook book, IShareSource shares)
    {
        (Limit, this.order, this.book, this.shares) = (limit, order, book, shares);
        name = CounterName.Of(limit.Scope, limit.Kind, subject is null ? limit.Subject : $"{limit.Subject} {subject}");
        Counted = counted ?? limit.Counted;
        ValueHeader = new(limit.Value.ToString(CultureInfo.InvariantCulture));
        counter = Open();
    }

    public CompiledLimit Limit { get; }

    public LimitKind Kind => Limit.Kind;

    public LimitCounter Counter => counter;

    public StringValues ValueHeader { get; }

    private string Counted { get; }

    /// <summary>Takes one request, or its tokens: whichever is counted.</summary>
    public Taking TryTake(long tokens, long now, double reserve, out LimitCounter takenFrom)
    {
        while (true)
        {
            takenFrom = counter;
            if (takenFrom.IsStale(now))
            {
                shares.Refresh(takenFrom, now);
            }

            var taking = takenFrom.TryTake(AmountOf(tokens), now, reserve);
            if (taking.Outcome != TakeOutcome.Retired)
            {
                return taking;
            }

            counter = Open();
        }
    }

    /// <summary>Whether it can be taken now. Where it can't, that it was wanted is known to whoever assigns shares, as if it had been refused.</summary>
    public bool HasRoom(long tokens, long now, double reserve)
    {
        if (TimeTo(tokens, now, reserve) == 0)
        {
            return true;
        }

        counter.Miss(AmountOf(tokens));
        _ = shares.MoreOf(counter, now);
        return false;
    }

    /// <summary>Whether waiting for what other nodes have would have been in vain, where it was just refused.</summary>
    public bool IsRefusedForGood(long now) => shares.MoreOf(counter, now) is null;

    /// <summary>Ticks until it can be taken; 0: now.</summary>
    public long TimeTo(long tokens, long now, double reserve)
    {
        var current = counter;
        if (current.IsStale(now))
        {
            shares.Refresh(current, now);
        }

        return current.TimeTo(AmountOf(tokens), now, reserve);
    }

    /// <param name="wait">Ticks until there is room.</param>
    /// <param name="tokens">How many the request may use.</param>
    /// <param name="now">Ticks.</param>
    /// <param name="reserve">The part of what can be used at once that is left to others.</param>
    public LimitRefusal Refuse(long wait, long tokens, long now, double reserve) =>
        new(Limit.Kind, Limit.Value, Limit.Origin?.Path ?? "", Counted, (double)wait / TimeSpan.TicksPerMillisecond)
        {
            Scope = Limit.Scope, Part = Limit.Part, NodeShare = counter.Share,
            Asked = Kind == LimitKind.Tokens ? tokens : null, Left = Kind == LimitKind.Tokens ? counter.Remaining(now, reserve) : null,
        };

    /// <summary>How much of the limit a request is that uses so many tokens.</summary>
    public long AmountOf(long tokens) => Kind == LimitKind.Tokens ? tokens : 1;

    private LimitCounter Open()
    {
        var opened = book.Open(name);
        opened.SetLimit(Limit.Value, order);
        return opened;
    }
}
