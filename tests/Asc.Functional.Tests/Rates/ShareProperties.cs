using Asc.Policy.Compilation;
using CsCheck;

namespace Asc.Functional.Tests.Rates;

/// <summary>Whatever is lost, late or dead: what nodes may use together is never more than the limit.</summary>
internal sealed class ShareProperties
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ASC_TEST_LONG") == "1";
    // Raised by half, a limit whose implied shares were too small to be used may for a second let through a little more (ADR 12).
    private static readonly int[] Divisors = [1, 2, 5, 10, 60];
    private static readonly Gen<(int What, int Node, int Amount)> Event = Gen.Select(Gen.Int[0, 21], Gen.Int[0, 3], Gen.Int[0, 4000]);

    [Test]
    public void Shares_never_sum_up_to_more_than_the_limit() =>
        Gen.Select(Gen.Int[1, 4], Gen.OneOf(1L, 2L, 5L, 6L, 7L, 60L, 600L), Gen.OneOf(1L, 2L, 3L, 10L, 64L), Event.Array[20, 300]).Sample((count, requests, slots, events) =>
        {
            var world = new ShareWorld(count, requests, slots);
            foreach (var one in events)
            {
                Happen(world, one);
                if (world.Shares().Any(limit => limit.Held > limit.Limit))
                {
                    return false;
                }
            }

            return true;
        }, iter: IsLong ? 100_000 : 2000);

    [Test]
    public void A_limit_that_is_lowered_leaves_each_node_its_part_of_what_is_left()
    {
        var world = new ShareWorld(2, 600, 10);
        Settle(world, 2);
        Demand(world, seconds: 3, 0);
        Demand(world, seconds: 3, 0, 1);

        world.Adopt(0, 10);
        world.Adopt(1, 10);
        Assert.That(world.Shares().Select(limit => (limit.Held, limit.Limit)), Is.EqualTo(new[] { (60L, 60L), (1, 1) }).Or.EqualTo(new[] { (60L, 60L), (0, 1) }));
    }

    [Test]
    public void All_demand_on_one_node_gives_it_the_whole_limit()
    {
        var world = new ShareWorld(3, 600, 10);
        Settle(world, 3);
        for (var second = 0; second < 3; second++)
        {
            world.Want(0);
            Settle(world, 3);
            world.Pass(TimeSpan.FromSeconds(1));
        }

        world.Want(0);
        Assert.That(world.Shares().Select(limit => world[0].ShareOf(limit.Name, limit.Limit, world.Now)), Is.EqualTo(new[] { 600L, 10 }));
    }

    [Test]
    public void Demand_on_all_is_divided_fairly_and_goes_where_it_goes()
    {
        var world = new ShareWorld(2, 600, 10);
        Settle(world, 2);
        Demand(world, seconds: 3, 0);
        Demand(world, seconds: 3, 0, 1);
        Assert.That((Requests(world, 0), Requests(world, 1)), Is.EqualTo((300L, 300L)));

        Demand(world, seconds: 12, 1);
        Assert.That(world.Shares().Select(limit => world[1].ShareOf(limit.Name, limit.Limit, world.Now)), Has.All.GreaterThanOrEqualTo(7));
        Assert.That(world[1].ShareOf(world.Shares().First().Name, 600, world.Now), Is.GreaterThanOrEqualTo(500));
    }

    [Test]
    public void What_can_not_be_divided_goes_round_and_little_of_it_is_lost_on_the_way()
    {
        var world = new ShareWorld(2, 6, 1);
        Settle(world, 2);
        var (passed, slots) = (new int[2], new int[2]);
        for (var second = 0; second < 240; second++)
        {
            foreach (var node in new[] { 0, 1 })
            {
                passed[node] += world.Take(node, LimitKind.Requests, 6);
                slots[node] += world.Take(node, LimitKind.Concurrent, 1);
            }

            Settle(world, 2);
            world.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.That(passed.Sum(), Is.InRange(20, 25), "of 24 in four minutes");
        Assert.That(passed, Has.All.GreaterThan(4));
        Assert.That(slots, Has.All.GreaterThan(60), "each about half of the time");
    }

    [TestCase(12, 1)]
    [TestCase(12, 2)]
    [TestCase(20, 2)]
    [TestCase(60, 2)]
    [TestCase(600, 3)]
    public void Who_comes_back_when_it_was_told_to_gets_what_the_limit_allows(int limit, int nodesAsked)
    {
        var world = new ShareWorld(3, limit, 10);
        Settle(world, 3);
        var (passed, refused, inARow, node, wait) = (0, 0, 0, 0, TimeSpan.Zero);
        for (var quarter = 0; quarter < 4 * 120; quarter++)
        {
            // Accounts once a second, clients in between.
            if (quarter % 4 == 0)
            {
                Settle(world, 3);
            }

            for (wait -= TimeSpan.FromMilliseconds(250); wait <= TimeSpan.Zero;)
            {
                wait = world.TakeOrWait(node++ % nodesAsked, LimitKind.Requests, limit);
                (passed, refused) = wait == TimeSpan.Zero ? (passed + 1, 0) : (passed, refused + 1);
                inARow = Math.Max(inARow, refused);
            }

            world.Pass(TimeSpan.FromMilliseconds(250));
        }

        Assert.That(passed, Is.GreaterThanOrEqualTo(limit * 2 * 0.7), $"in two minutes; refused {inARow} times in a row at most");
        Assert.That(inARow, Is.LessThanOrEqualTo(2 + nodesAsked));
    }

    [Test]
    public void What_a_node_used_minutes_ago_and_wants_no_more_goes_to_who_wants_it()
    {
        var world = new ShareWorld(2, 600, 10);
        Settle(world, 2);
        Demand(world, seconds: 3, 0, 1);
        for (var second = 0; second < 60; second++)
        {
            world.Pass(TimeSpan.FromSeconds(1));
            Settle(world, 2);
        }

        Demand(world, seconds: 10, 0);
        Assert.That((Requests(world, 0), Requests(world, 1)), Is.EqualTo((600L, 0L)));
        Demand(world, seconds: 5, 0);
        Assert.That((Requests(world, 0), Requests(world, 1)), Is.EqualTo((600L, 0L)), "and stays there");
    }

    [Test]
    public void Alone_a_node_keeps_its_part_and_what_it_gave_up_comes_back()
    {
        var world = new ShareWorld(2, 600, 10);
        Settle(world, 2);
        Demand(world, seconds: 3, 0);
        Assert.That(Requests(world, 1), Is.Zero, "it was idle, and lent what it had");

        world.Break(0);
        world.Break(1);
        world.Pass(TimeSpan.FromSeconds(11));
        Assert.That((Requests(world, 0), Requests(world, 1)), Is.EqualTo((150L, 0L)), "what was assigned has lapsed, what was lent is not back yet");

        world.Pass(TimeSpan.FromSeconds(10));
        Assert.That((Requests(world, 0), Requests(world, 1)), Is.EqualTo((150L, 150L)));
    }

    [Test]
    public void What_a_dead_node_held_is_given_on_only_when_its_time_has_run_out()
    {
        var world = new ShareWorld(2, 6, 1);
        Settle(world, 2);
        Demand(world, seconds: 3, 0);
        Assert.That(Requests(world, 0), Is.EqualTo(6));
        world.Break(0);

        Demand(world, seconds: 8, 1);
        Assert.That(Requests(world, 1), Is.Zero);
        Demand(world, seconds: 10, 1);
        Assert.That(Requests(world, 1), Is.EqualTo(6));
    }

    // Random histories that led to more than the limit, made short.
    [Test]
    public void What_is_lowered_to_too_little_to_be_used_is_not_used()
    {
        var world = new ShareWorld(2, 600, 10);
        world.Exchange(1);
        world.Adopt(0, 60);
        AssertWithin(world);
        world.Want(1);
        world.Exchange(0);
        world.Want(0);
        world.Exchange(0);
        world.Send(1);
        AssertWithin(world);

        world.Adopt(1, 60);
        AssertWithin(world);
        Assert.That((Requests(world, 0), Requests(world, 1)), Is.EqualTo((10L, 0L)), "half of ten a minute would let nothing through");
    }

    [Test]
    public void What_a_node_has_told_that_it_holds_it_holds_to_while_its_limit_is_raised_and_lowered_again()
    {
        var world = new ShareWorld(2, 6, 64);
        foreach (var node in new[] { 1, 0 })
        {
            world.Adopt(node, 2);
            AssertWithin(world);
            world.Want(node);
        }

        world.Exchange(1);
        AssertWithin(world);
        world.Adopt(1, 1);
        AssertWithin(world);
        world.Send(1);
        AssertWithin(world);
        world.Adopt(1, 2);
        AssertWithin(world);
        world.Settle(1);
        world.Exchange(0);
        AssertWithin(world);
    }

    [Test]
    public void What_is_implied_is_judged_by_the_largest_limit_that_anybody_enforces()
    {
        var world = new ShareWorld(3, 60, 10);
        foreach (var node in new[] { 2, 0, 2, 2, 1 })
        {
            world.Exchange(node);
        }

        world.Adopt(0, 2);
        world.Want(2);
        world.Pass(TimeSpan.FromMilliseconds(600));
        world.Want(0);
        world.Exchange(2);
        AssertWithin(world);
        world.Pass(TimeSpan.FromSeconds(11));
        world.Exchange(2);
        AssertWithin(world);

        world.Exchange(0);
        AssertWithin(world);
    }

    [Test]
    public void Who_never_spoke_of_a_limit_may_enforce_more_of_it_than_is_known()
    {
        var world = new ShareWorld(3, 7, 10);
        world.Adopt(2, 10);
        world.Want(2);
        world.Exchange(0);
        world.Send(2);
        world.Send(1);
        world.Settle(2);
        world.RestartControlPlane(-1000);
        world.Settle(1);
        world.Pass(TimeSpan.FromMilliseconds(5700));
        world.Want(2);
        world.RestartControlPlane(-2000);
        world.Exchange(0);
        AssertWithin(world);
        world.Send(0);
        world.RestartControlPlane(-1100);
        world.Adopt(2, 1);
        AssertWithin(world);
        // Its part grows, of which it doesn't hear yet.
        world.Settle(0);
        world.Break(2);
        world.Exchange(2);
        AssertWithin(world);
    }

    private static void AssertWithin(ShareWorld world) => Assert.That(world.Shares().Where(limit => limit.Held > limit.Limit), Is.Empty);

    private static long Requests(ShareWorld world, int node) => world.Shares().Select(limit => world[node].ShareOf(limit.Name, limit.Limit, world.Now)).First();

    private static void Demand(ShareWorld world, int seconds, params int[] nodes)
    {
        for (var second = 0; second < seconds; second++)
        {
            Array.ForEach(nodes, world.Want);
            Settle(world, 2, nodes);
            world.Pass(TimeSpan.FromSeconds(1));
            Array.ForEach(nodes, world.Want);
        }
    }

    // Those that are connected, over and over: as a stream does when it is called.
    private static void Settle(ShareWorld world, int count, int[]? asking = null)
    {
        for (var round = 0; round < 6; round++)
        {
            for (var node = 0; node < count; node++)
            {
                if (asking is null || asking.Contains(node) || world[node].IsConnected)
                {
                    world.Exchange(node);
                }
            }
        }
    }

    private static void Happen(ShareWorld world, (int What, int Node, int Amount) one)
    {
        switch (one.What)
        {
            case 0 or 1:
                world.Pass(TimeSpan.FromMilliseconds(one.Amount));
                break;
            case 2 or 3 or 4:
                world.Send(one.Node);
                break;
            case 5 or 6 or 7:
                world.Settle(one.Node);
                break;
            case 8 or 9 or 10:
                world.Receive(one.Node);
                break;
            case 11 or 12:
                world.Exchange(one.Node, 1 + (one.Amount % 3));
                break;
            case 13 or 14:
                world.Want(one.Node);
                break;
            case 15:
                world.Break(one.Node);
                break;
            case 16:
                world.Haunt();
                break;
            case 17 when one.Amount % 3 == 0:
                world.Restart(one.Node);
                break;
            case 18 when one.Amount % 3 == 0:
                world.Leave(one.Node);
                break;
            case 19:
                world.RestartControlPlane(one.Amount - 2000);
                break;
            case 20 or 21:
                world.Adopt(one.Node, Divisors[one.Amount % Divisors.Length]);
                break;
            default:
                world.Pass(TimeSpan.FromMilliseconds(one.Amount * 4));
                break;
        }
    }
}
