namespace Asc.Simulator.Tests;

public sealed class UnrecordedTests : SimulatorTest
{
    protected override SimulatorOptions Options { get; } =
        new() { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero, RecordedRequests = 0 };

    [Test]
    public async Task Nothing_is_recorded_where_recording_is_off()
    {
        await AnswerAsync(Chat());
        Assert.That(await EventsAsync(Chat()), Has.Count.GreaterThan(10));

        Assert.That(Simulator.Requests.Items, Is.Empty);
    }
}
