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
    private volatile LimitCounter counter;

    /// <param name="limit">What is counted.</param>
    /// <param name="subject">What the limit leaves open: a key's id, a tenant's; null: nothing.</param>
    /// <param name="counted">As people read it; null: as the limit says.</param>
    public BoundLimit(CompiledLimit limit, string? subject, string? counted, CounterBook book, IShareSource shares)
    {
        (Limit, this.book, this.shares) = (limit, book, shares);
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

    public Taking TryTake(long amount, long now, double reserve, out LimitCounter takenFrom)
    {
        while (true)
        {
            takenFrom = counter;
            if (takenFrom.IsStale(now))
            {
                shares.Refresh(takenFrom, now);
            }

            var taking = takenFrom.TryTake(amount, now, reserve);
            if (taking.Outcome != TakeOutcome.Retired)
            {
                return taking;
            }

            counter = Open();
        }
    }

    public LimitRefusal Refuse(long wait) =>
        new(Limit.Kind, Limit.Value, Limit.Origin?.Path ?? "", Counted, (double)wait / TimeSpan.TicksPerMillisecond);

    private LimitCounter Open()
    {
        var opened = book.Open(name);
        opened.SetLimit(Limit.Value);
        return opened;
    }
}
