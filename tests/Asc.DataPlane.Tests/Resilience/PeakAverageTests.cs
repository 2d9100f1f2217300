using Asc.DataPlane.Resilience;
using Microsoft.Extensions.Time.Testing;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>Bad news at once, good news slowly, and nothing for ever.</summary>
internal sealed class PeakAverageTests
{
    private readonly FakeTimeProvider clock = new();

    [Test]
    public void A_slow_answer_is_believed_at_once_and_a_fast_one_by_and_by()
    {
        var average = new PeakAverage(clock);
        Add(average, 20);
        Add(average, 1500);
        Assert.That(average.Milliseconds, Is.EqualTo(1500));
        clock.Advance(TimeSpan.FromSeconds(5));
        Add(average, 20);
        Assert.That(average.Milliseconds, Is.EqualTo(760).Within(1));
    }

    [Test]
    public void Who_was_slow_once_and_is_asked_no_more_is_forgiven_with_time()
    {
        var average = new PeakAverage(clock);
        Add(average, 1500);
        Assert.That(average.At(clock.GetTimestamp()), Is.EqualTo(1500));
        clock.Advance(TimeSpan.FromSeconds(35));
        Assert.That(average.At(clock.GetTimestamp()), Is.LessThan(12));
        Assert.That(average.Milliseconds, Is.EqualTo(1500), "what was measured is told as it was");
    }

    private void Add(PeakAverage average, int milliseconds) => average.Add(TimeSpan.FromMilliseconds(milliseconds), clock.GetTimestamp());
}
