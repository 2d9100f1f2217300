using Asc.DataPlane.Resilience;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>A stream that breaks after its first token: nobody else can serve it, and it speaks against its deployment all the same.</summary>
[TestFixture]
internal sealed class BrokenStreamTests : FailoverFixture
{
    [TestCase(FaultKind.Cut)]
    [TestCase(FaultKind.Stall)]
    [TestCase(FaultKind.Malformed)]
    public async Task It_is_one_call_that_failed(FaultKind kind)
    {
        await EnforceAsync(Fast("p-eu", "eu"));
        simulator.SetFaults(new Fault { Kind = kind, AfterChunks = 2 });

        await BreakAsync();

        var health = node.Get<HealthBoard>().All.Single();
        Assert.That((health.Calls, health.Failures), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task Where_more_than_half_of_them_break_the_circuit_opens()
    {
        await EnforceAsync(Fast("p-eu", "eu"));
        foreach (var breaks in new[] { true, true, true, false, false, true })
        {
            if (breaks)
            {
                simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 2 });
                await BreakAsync();
            }
            else
            {
                simulator.SetFaults();
                Assert.That((await AnswerAsync(Streamed)).Text, Does.Contain("[DONE]"));
            }
        }

        await AssertErrorAsync(Request(Streamed), 503, "no_healthy_target");
    }

    [Test]
    public async Task One_whose_client_leaves_is_no_failure()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 3 });
        using var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[300]);
        using var leaving = new CancellationTokenSource();
        var reading = stream.ReadExactlyAsync(new byte[100_000], leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => reading, Throws.InstanceOf<OperationCanceledException>());

        Assert.That((await RecordAsync()).Code, Is.EqualTo("client_closed_request"));
        Assert.That(node.Get<HealthBoard>().All.Select(health => health.Failures), Is.All.Zero);
    }

    private async Task BreakAsync()
    {
        using var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead);
        await ReadUntilBrokenAsync(response);
    }
}
