using Asc.DataPlane.Rates;
using Asc.Policy.Compilation;
using CsCheck;

namespace Asc.DataPlane.Tests.Rates;

/// <summary>Smooth: what passes in any minute stays below 7/6 of the limit, and what is sustained is exactly the limit.</summary>
internal sealed class RateCounterTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Test]
    public void A_request_that_began_under_an_earlier_policy_does_not_bring_its_limit_back()
    {
        var counter = new RateCounter(new(LimitScope.Tenant, LimitKind.Requests, "t"), 0);
        counter.SetLimit(600, (1, 7));
        counter.SetLimit(6, (1, 8));
        counter.SetLimit(600, (1, 7));
        Assert.That(counter.Limit, Is.EqualTo(6));
        counter.SetLimit(60, (2, 1));
        Assert.That(counter.Limit, Is.EqualTo(60), "after a restore the versions of another epoch count");
    }

    [Test]
    public void No_minute_sees_more_than_seven_sixths_of_the_limit() => Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 2000].Array[1, 400]).Sample((limit, pauses) =>
    {
        var counter = Counter(LimitKind.Requests, limit);
        var passed = new List<long>();
        var now = 0L;
        foreach (var pause in pauses)
        {
            now += pause * TimeSpan.TicksPerMillisecond;
            for (var i = 0; i < 50; i++)
            {
                if (counter.TryTake(1, now).Outcome == TakeOutcome.Taken)
                {
                    passed.Add(now);
                }
            }
        }

        return passed.Select((at, index) => passed.Skip(index).TakeWhile(later => later - at < 60 * Second).Count()).All(count => count <= limit + Math.Max(1, limit / 6.0) + 0.001);
    });

    [Test]
    public void Asked_without_pause_it_gives_the_limit_and_no_more()
    {
        var counter = Counter(LimitKind.Requests, 600);
        var passed = 0;
        for (var now = 0L; now < 600 * Second; now += Second / 100)
        {
            passed += counter.TryTake(1, now).Outcome == TakeOutcome.Taken ? 1 : 0;
        }

        Assert.That(passed, Is.EqualTo((600 * 10) + 100).Within(1), "ten minutes' worth, and the burst at the start");
    }

    [Test]
    public void Whoever_leaves_something_to_others_gets_the_same_rate_and_is_told_exactly_when() => Gen.Select(Gen.Int[1, 6000], Gen.Int[1, 30]).Sample((limit, requests) =>
    {
        var counter = Counter(LimitKind.Requests, limit);
        var lowest = counter.Remaining(0);
        for (var i = 0; i < requests * 10; i++)
        {
            lowest = counter.TryTake(1, 0, reserve: 0.2).Outcome == TakeOutcome.Taken ? counter.Remaining(0) : lowest;
        }

        var refused = counter.TryTake(1, 0, 0.2);
        var burst = Math.Max(1, limit / 6.0);
        return (lowest >= Math.Floor(burst * 0.2) - 1)
            && (refused.Outcome == TakeOutcome.Taken || (counter.TryTake(1, Math.Max(0, refused.Wait - 2), 0.2).Outcome == TakeOutcome.Refused && counter.TryTake(1, refused.Wait, 0.2).Outcome == TakeOutcome.Taken));
    });

    [Test]
    public void What_is_told_to_wait_is_exact() => Gen.Select(Gen.Int[1, 600], Gen.Int[1, 200]).Sample((limit, requests) =>
    {
        var counter = Counter(LimitKind.Requests, limit);
        for (var i = 0; i < requests; i++)
        {
            counter.TryTake(1, 0);
        }

        var refused = counter.TryTake(1, 0);
        return refused.Outcome == TakeOutcome.Taken
            || (counter.TryTake(1, refused.Wait - 2).Outcome == TakeOutcome.Refused && counter.TryTake(1, refused.Wait).Outcome == TakeOutcome.Taken);
    });

    [Test]
    public void Tokens_are_held_by_their_bound_and_settled_to_what_was_used()
    {
        var counter = Counter(LimitKind.Tokens, 600);
        var held = counter.TryTake(90, 0);
        Assert.That((held.Held, counter.Remaining(0)), Is.EqualTo((90L, 10L)));

        counter.Settle(held.Held, 20, 0);

        Assert.That(counter.Remaining(0), Is.EqualTo(80), "what was not used is given back");
    }

    [Test]
    public void A_request_that_may_need_more_than_there_ever_is_passes_once_all_is_there_and_leaves_a_debt()
    {
        var counter = Counter(LimitKind.Tokens, 600);
        var held = counter.TryTake(100_000, 0);
        Assert.That((held.Outcome, held.Held), Is.EqualTo((TakeOutcome.Taken, 100L)));

        counter.Settle(held.Held, 160, 0);

        Assert.That(counter.TryTake(1, 5 * Second).Outcome, Is.EqualTo(TakeOutcome.Refused), "60 tokens of debt are 6 s");
        Assert.That(counter.TryTake(1, 7 * Second).Outcome, Is.EqualTo(TakeOutcome.Taken));
    }

    [Test]
    public void What_is_used_beyond_its_hold_while_the_share_is_away_is_a_debt_of_the_next_one()
    {
        var counter = Counter(LimitKind.Tokens, 600);
        var (first, second) = (counter.TryTake(50, 0), counter.TryTake(50, 0));
        counter.SetShare(0, Ticks.Never, isFull: false, 0);
        counter.Settle(first.Held, 130, 0);
        counter.Settle(second.Held, 30, 0);
        counter.SetShare(600, Ticks.Never, isFull: true, 0);

        Assert.That((counter.Remaining(0), counter.Remaining(2 * Second)), Is.EqualTo((40L, 60L)), "of a hundred; 80 too many and 20 too few were used");
    }

    [Test]
    public void A_share_that_goes_to_and_fro_brings_no_burst_each_time()
    {
        var counter = Counter(LimitKind.Requests, 600);
        var passed = 0;
        for (var now = 0L; now < 60 * Second; now += Second / 10)
        {
            counter.SetShare(now / (Second / 10) % 2 == 0 ? 600 : 60, Ticks.Never, isFull: false, now);
            while (counter.TryTake(1, now).Outcome == TakeOutcome.Taken)
            {
                passed++;
            }
        }

        Assert.That(passed, Is.LessThanOrEqualTo(700));
    }

    [Test]
    public void A_share_that_nobody_drew_on_comes_with_its_burst()
    {
        var counter = Counter(LimitKind.Requests, 60);
        while (counter.TryTake(1, 0).Outcome == TakeOutcome.Taken)
        {
        }

        counter.SetShare(120, Ticks.Never, isFull: true, 0);

        Assert.That(counter.Remaining(0), Is.EqualTo(10));
    }

    [Test]
    public void A_share_that_is_gained_otherwise_comes_empty_and_fills_at_its_own_rate()
    {
        var counter = Counter(LimitKind.Requests, 60);
        while (counter.TryTake(1, 0).Outcome == TakeOutcome.Taken)
        {
        }

        counter.SetShare(120, Ticks.Never, isFull: false, 0);

        Assert.That((counter.Remaining(0), counter.Remaining(5 * Second)), Is.EqualTo((0L, 10L)));
    }

    [Test]
    public void A_first_share_brings_its_burst_only_where_nobody_else_has_drawn_on_it()
    {
        var counter = new RateCounter(new(LimitScope.Tenant, LimitKind.Requests, "t"), 0);
        counter.SetLimit(60, default);
        counter.SetShare(0, Ticks.Never, isFull: false, 0);

        counter.SetShare(60, Ticks.Never, isFull: false, 0);

        Assert.That((counter.Remaining(0), counter.Remaining(5 * Second)), Is.EqualTo((0L, 5L)), "else each node that comes to have it brings ten seconds' worth");
    }

    [Test]
    public void Many_at_once_get_no_more_than_one_after_the_other()
    {
        var counter = Counter(LimitKind.Requests, 6000);
        var passed = 0;
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 2000; i++)
            {
                if (counter.TryTake(1, 0).Outcome == TakeOutcome.Taken)
                {
                    Interlocked.Increment(ref passed);
                }
            }
        });

        Assert.That(passed, Is.EqualTo(1000));
    }

    [Test]
    public void Without_a_share_nothing_passes()
    {
        var counter = new RateCounter(new(LimitScope.Tenant, LimitKind.Requests, "t"), 0);
        counter.SetLimit(600, default);

        Assert.That(counter.TryTake(1, 0).Outcome, Is.EqualTo(TakeOutcome.Refused));
    }

    [Test]
    public void Slots_are_as_many_as_the_share()
    {
        var counter = new SlotCounter(new(LimitScope.Tenant, LimitKind.Concurrent, "t"), 0);
        counter.SetShare(2, Ticks.Never, isFull: true, 0);

        Assert.That(Enumerable.Range(0, 3).Select(_ => counter.TryTake(1, 0).Outcome), Is.EqualTo(new[] { TakeOutcome.Taken, TakeOutcome.Taken, TakeOutcome.Refused }));
        counter.Settle(1, 1, 0);
        Assert.That(counter.TryTake(1, 0).Outcome, Is.EqualTo(TakeOutcome.Taken));
    }

    private static RateCounter Counter(LimitKind kind, long limit)
    {
        var counter = new RateCounter(new(LimitScope.Tenant, kind, "t"), 0);
        counter.SetLimit(limit, default);
        counter.SetShare(limit, Ticks.Never, isFull: true, 0);
        return counter;
    }
}
