using System.Text;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Tests.Providers;
using Asc.DataPlane.Wire;
using Asc.Policy.Compilation;
using Asc.Simulator.Faults;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>A call that was sent and never answered may have been charged: its prompt is counted, wherever the answer came from in the end.</summary>
[TestFixture]
internal sealed class LostCallTests : FailoverFixture
{
    private static readonly ulong Prompt = (ulong)TextSample.TokensIn(Encoding.UTF8.GetBytes(Chat));

    [Test]
    public async Task A_call_that_timed_out_counts_its_prompt_beside_the_answer_that_another_gave()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, Match = new("eu", null, null) });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));

        await AssertCountedAsync(lost: [Prompt, 0]);
    }

    [Test]
    public async Task So_does_one_that_was_cut_and_made_again()
    {
        await EnforceAsync(Fast("p-eu", "eu"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut, Count = 1 });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("eu"));

        await AssertCountedAsync(lost: [Prompt, 0]);
    }

    [Test]
    public async Task So_does_one_that_another_was_faster_than()
    {
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-us", "us")], hedge: new() { After = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(20)) });
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, Match = new("eu", null, null) });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));

        await AssertCountedAsync(lost: [Prompt, 0]);
    }

    [TestCase(500)]
    [TestCase(429)]
    public async Task One_that_the_provider_refused_or_failed_counts_nothing(int status)
    {
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-us", "us")], retry: new() { Attempts = 1 });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = status, Match = new("eu", null, null) });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));

        await AssertCountedAsync(lost: [0, 0]);
    }

    [Test]
    public async Task Nor_does_one_that_was_never_sent_after_one_that_was()
    {
        var gone = new TaskCompletionSource();
        await using var once = new ScriptedProvider(async stream =>
        {
            await ScriptedProvider.ReadRequestAsync(stream);
            await gone.Task;
        });
        await EnforceAsync(TestPublisher.Provider("p-eu", "eu", new Uri(once.Url, "/v1").ToString()), Fast("p-us", "us"));
        var pending = AnswerAsync(Chat);
        while (once.Connections == 0)
        {
            await Task.Yield();
        }

        once.Refuse();
        gone.SetResult();
        Assert.That((await pending).Region, Is.EqualTo("us"));

        Assert.That((await RecordAsync()).Tries.Select(attempt => (attempt.Sent, attempt.UnansweredInput)), Is.EqualTo(new[] { (true, Prompt), (false, 0UL), (true, 0UL) }));
    }

    [Test]
    public async Task Where_nobody_answered_each_call_counts_its_prompt()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall });

        await AssertErrorAsync(Request(Chat), 504, "provider_timeout");

        var record = await RecordAsync();
        Assert.That(record.Tries.Select(attempt => attempt.UnansweredInput), Is.EqualTo(new[] { Prompt, Prompt }));
        Assert.That((record.Usage.Input, record.Usage.Output, record.Usage.Estimated), Is.EqualTo((2 * Prompt, 0UL, true)));
    }

    [Test]
    public async Task A_stream_that_breaks_is_counted_once_by_what_passed()
    {
        await EnforceAsync(Fast("p-eu", "eu"), Fast("p-us", "us"));
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, Match = new("eu", null, null) }, new Fault { Kind = FaultKind.Cut, AfterChunks = 2, Match = new("us", null, null) });
        using (var response = await client.SendAsync(Request(Streamed), HttpCompletionOption.ResponseHeadersRead))
        {
            await ReadUntilBrokenAsync(response);
        }

        var prompt = (ulong)TextSample.TokensIn(Encoding.UTF8.GetBytes(Streamed));
        var record = await RecordAsync();
        Assert.That(record.Tries.Select(attempt => attempt.UnansweredInput), Is.EqualTo(new[] { prompt, 0UL }));
        Assert.That((record.Usage.Input, record.Usage.Output > 0, record.Usage.Estimated), Is.EqualTo((2 * prompt, true, true)));
    }

    [Test]
    public async Task Limits_of_tokens_are_settled_to_all_of_it()
    {
        await RestartNodeAsync(services => services.AddSingleton<IShareSource, WholeShares>());
        await EnforceAsync([Fast("p-eu", "eu"), Fast("p-us", "us")], limits: new() { TokensPerMinute = 60_000 });
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, Match = new("eu", null, null) });

        Assert.That((await AnswerAsync(Chat)).Region, Is.EqualTo("us"));

        var usage = (await RecordAsync()).Usage;
        var counter = node.Get<CounterBook>().Find(new(LimitScope.Tenant, LimitKind.Tokens, TestPublisher.TenantId("acme")))!;
        Assert.That(counter.TakeDemand().Demand, Is.EqualTo(usage.Input + usage.CachedRead + usage.CacheWrite + usage.Output));
    }

    [Test]
    public async Task Who_leaves_while_a_retry_waits_has_made_one_call()
    {
        await EnforceAsync([Fast("p-eu", "eu")], retry: new() { Attempts = 2, On = { Failure.RateLimit } });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 429, Headers = new Dictionary<string, string> { ["retry-after"] = "4" } });
        using var leaving = new CancellationTokenSource();
        var pending = client.SendAsync(Request(Chat), leaving.Token);
        await SeenAsync();
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => pending, Throws.InstanceOf<OperationCanceledException>());

        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Attempts, record.Usage.Input), Is.EqualTo((Outcome.Aborted, 1u, 0UL)));
        Assert.That(record.Tries.Count(attempt => attempt.Sent), Is.EqualTo(1));
    }

    // The answer's own usage is exact: what is left of the record's after taking off what was lost.
    private async Task AssertCountedAsync(ulong[] lost)
    {
        var record = await RecordAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var answered = (await simulator.Requests.WaitForAsync(request => request is { Ended: true, Completed: true, Status: 200 }, patience.Token)).Usage!;
        var total = lost.Aggregate(0UL, (sum, tokens) => sum + tokens);
        Assert.Multiple(() =>
        {
            Assert.That(record.Tries.Select(attempt => attempt.UnansweredInput).OrderDescending(), Is.EqualTo(lost));
            Assert.That(record.Tries.Single(attempt => attempt.Code.Length == 0).UnansweredInput, Is.Zero, "it answered");
            Assert.That(record.Usage.Input + record.Usage.CachedRead + record.Usage.CacheWrite, Is.EqualTo((ulong)answered.InputTokens + total));
            Assert.That(record.Usage.Output, Is.EqualTo((ulong)answered.OutputTokens));
            Assert.That(record.Usage.Estimated, Is.EqualTo(total > 0));
        });
    }
}
