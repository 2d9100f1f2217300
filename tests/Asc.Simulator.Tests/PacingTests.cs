using Microsoft.Extensions.Time.Testing;

namespace Asc.Simulator.Tests;

public sealed class PacingTests : SimulatorTest
{
    private readonly FakeTimeProvider _clock = new();

    protected override TimeProvider Clock => _clock;

    protected override SimulatorOptions Options { get; } =
        new() { FirstTokenDelay = TimeSpan.FromSeconds(30), ChunkDelay = TimeSpan.FromSeconds(10) };

    [Test]
    public async Task Each_token_waits_for_its_time_on_the_injected_clock()
    {
        var request = Chat();
        request["stream"] = true;
        request["max_completion_tokens"] = 2;
        using var response = await PostAsync(request);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Timeout));

        var first = reader.ReadLineAsync(Timeout).AsTask();
        Assert.That(first.IsCompleted, Is.False);
        await AdvanceUntilAsync(first, TimeSpan.FromSeconds(30));
        Assert.That(await first, Does.Contain("\"role\""));

        await EndOfEventAsync(reader);
        Assert.That(await reader.ReadLineAsync(Timeout), Does.Contain("\"content\":\"You\""));
        await EndOfEventAsync(reader);

        var second = reader.ReadLineAsync(Timeout).AsTask();
        await AdvanceUntilAsync(second, TimeSpan.FromSeconds(10));
        Assert.That(await second, Does.Contain("\"content\":\" said\""));
    }

    // The server arms its timer at its own time, so one step of the clock may come too early.
    private async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            Timeout.ThrowIfCancellationRequested();
            _clock.Advance(step);
            await Task.Yield();
        }
    }

    private async Task EndOfEventAsync(StreamReader reader) => Assert.That(await reader.ReadLineAsync(Timeout), Is.Empty);
}
