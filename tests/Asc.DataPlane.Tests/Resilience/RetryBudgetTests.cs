using Asc.DataPlane.Resilience;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Asc.DataPlane.Tests.Resilience;

public sealed class RetryBudgetTests
{
    [Test]
    public void Retries_are_never_more_than_a_tenth_one_a_second_and_what_was_saved() =>
        Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 3]).Array[1, 40].Sample(steps =>
        {
            var clock = new FakeTimeProvider();
            var budget = new RetryBudget(clock);
            var (requests, seconds, retries) = (0, 0, 0);
            foreach (var (count, wait) in steps)
            {
                for (var i = 0; i < count; i++)
                {
                    budget.Count();
                    retries += budget.TryTake() ? 1 : 0;
                }

                (requests, seconds) = (requests + count, seconds + wait);
                clock.Advance(TimeSpan.FromSeconds(wait));
            }

            return retries <= (requests * RetryBudget.Ratio) + seconds + RetryBudget.Maximum;
        });

    [Test]
    public void Whoever_is_called_seldom_may_be_asked_again()
    {
        var clock = new FakeTimeProvider();
        var budget = new RetryBudget(clock);
        while (budget.TryTake())
        {
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((budget.TryTake(), budget.TryTake()), Is.EqualTo((true, false)));
    }
}
