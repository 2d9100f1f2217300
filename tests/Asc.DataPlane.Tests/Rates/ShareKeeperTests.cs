using Asc.Contracts.Accounting;
using Asc.DataPlane.Rates;
using Asc.Policy.Compilation;
using Microsoft.Extensions.Time.Testing;

namespace Asc.DataPlane.Tests.Rates;

/// <summary>What a node tells of the shares that it holds.</summary>
internal sealed class ShareKeeperTests
{
    [Test]
    public void More_than_an_account_holds_is_told_in_turns()
    {
        const int Limits = AccountSize.MaximumLimits + 50;
        var book = new CounterBook(new FakeTimeProvider());
        var keeper = new ShareKeeper(book, new NodeIdentity("n", "eu", 1));
        for (var i = 0; i < Limits; i++)
        {
            book.Open(new(LimitScope.Key, LimitKind.Requests, $"k{i}")).SetLimit(60, default);
        }

        foreach (var counter in book.Counters)
        {
            counter.TryTake(1, 0);
            counter.Assigned.Wanted = 60;
        }

        var accounts = Enumerable.Range(1, 2).Select(second => keeper.Account(second * TimeSpan.TicksPerSecond).Shares.Limits.Select(limit => limit.Limit).ToArray()).ToArray();

        Assert.That(accounts.Select(account => account.Length), Is.All.EqualTo(AccountSize.MaximumLimits));
        Assert.That(accounts.SelectMany(account => account).Distinct().Count(), Is.EqualTo(Limits));
    }
}
