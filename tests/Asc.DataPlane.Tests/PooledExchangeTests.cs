using System.Text;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Asc.Simulator.Faults;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests;

/// <summary>Requests use each other's exchanges: nothing of one tenant's request is found in the next, another tenant's.</summary>
[TestFixture]
internal sealed class PooledExchangeTests : GatewayFixture
{
    private readonly BearerSecret other = BearerSecret.Issue(SecretKind.ApiKey);
    private readonly BearerSecret limited = BearerSecret.Issue(SecretKind.ApiKey);
    private int sent;

    [SetUp]
    public async Task HaveTwoTenantsAsync()
    {
        sent = 0;
        Secrets["p-us"] = "provider-secret";
        await RestartNodeAsync(services => services.AddSingleton<IShareSource, WholeShares>());
        var grant = publisher.Hold(new KeyGrant { RequestsPerMinute = 6, Models = { "gpt-5-*" } }.ToByteString());
        await node.ApplyAsync(publisher.Access(TestPublisher.KeyOf(other, "initech"), TestPublisher.KeyOf(limited, "acme", key => key.GrantSha256 = grant)), publisher);
        await EnforceAsync(_ => { });
    }

    [Test]
    public async Task What_was_tried_in_vain()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut, Match = new("eu", null, null) });
        Assert.That((await RecordOfAsync(secret)).Tries, Is.Not.Empty);
        simulator.SetFaults();

        var record = await RecordOfAsync(other);
        Assert.That((record.Tries.Count, record.Attempts, record.Usage.Estimated), Is.EqualTo((0, 1u, false)));
    }

    [Test]
    public async Task Which_limit_refused_and_when_to_come_again()
    {
        await RecordOfAsync(limited);
        Assert.That((await RecordOfAsync(limited)).Inputs.RefusedLimit, Is.Not.Null);

        using var response = await client.SendAsync(Request(Chat.Replace("gpt-5-mini", "gpt-5", StringComparison.Ordinal), other));
        Assert.That(((int)response.StatusCode, response.Headers.Contains("retry-after")), Is.EqualTo((403, false)));
        Assert.That((await NextRecordAsync()).Inputs.RefusedLimit, Is.Null);
    }

    [Test]
    public async Task Which_limit_would_have_refused_that_is_only_observed()
    {
        await EnforceAsync(acme =>
        {
            acme.Limits = new() { RequestsPerMinute = 1 };
            acme.Observe.Add(ObservedRules.Limits);
        });
        await RecordOfAsync(secret);
        Assert.That((await RecordOfAsync(secret)).Inputs.ObservedLimit, Is.Not.Null);

        var record = await RecordOfAsync(other);
        Assert.That((record.Inputs.ObservedLimit, record.Observed.Count), Is.EqualTo(((RefusedLimit?)null, 0)));
    }

    [Test]
    public async Task How_much_may_be_generated()
    {
        await EnforceAsync(acme => acme.Limits = new() { MaxOutputTokens = 64 });
        await RecordOfAsync(secret);
        await RecordOfAsync(other);

        Assert.That(simulator.Requests.Items.Select(request => Encoding.UTF8.GetString(request.Body.Span).Contains("max_completion_tokens", StringComparison.Ordinal)), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task What_was_known_of_the_candidates()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 429, Match = new("eu", null, null), Headers = new Dictionary<string, string> { ["retry-after"] = "30" } });
        await RecordOfAsync(secret);
        Assert.That((await RecordOfAsync(secret)).Inputs.RestingCandidates, Is.EqualTo(1));

        await AssertErrorAsync(Request(Chat.Replace("gpt-5-mini", "gpt-5", StringComparison.Ordinal), other), 403, "model_not_allowed");
        Assert.That((await NextRecordAsync()).Inputs.RestingCandidates, Is.Zero, "it was denied before anybody looked");
    }

    [TestCase("an unknown key")]
    [TestCase("another path")]
    [TestCase("served")]
    [TestCase("failed")]
    [TestCase("broken")]
    public async Task Whatever_one_request_was_the_next_one_s_record_is_as_if_it_had_been_the_first(string next)
    {
        await EnforceAsync(acme => acme.Tags = new() { Require = { "bu" } });
        var alone = await NextAsync();
        simulator.SetFaults(
            new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null), Count = 2 },
            new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(1), Match = new("us", null, null), Headers = new Dictionary<string, string> { ["x-ms-region"] = "East US 2" } });
        using var rich = Request(Streamed, limited);
        rich.Headers.Add("x-asc-tags", "bu=x");
        var before = await RecordOfAsync(rich);
        Assert.That((before.Outcome, before.RegionMismatches.Count, before.Tries.Count), Is.EqualTo((Outcome.Ok, 1, 3)));

        Assert.That(await NextAsync(), Is.EqualTo(alone));

        async Task<ExecutionRecord> NextAsync()
        {
            simulator.SetFaults(
                next == "failed" ? [new Fault { Kind = FaultKind.Status, Status = 500 }]
                : next == "broken" ? [new Fault { Kind = FaultKind.Cut, AfterChunks = 2 }] : []);
            using var request = Request(
                (next == "broken" ? Streamed : Chat).Replace("gpt-5-mini", "m-eu", StringComparison.Ordinal), next == "an unknown key" ? BearerSecret.Issue(SecretKind.ApiKey) : other);
            request.RequestUri = next == "another path" ? new("/v1/models", UriKind.Relative) : request.RequestUri;
            return WithoutTimes(await RecordOfAsync(request));
        }
    }

    [Test]
    public async Task That_the_client_had_its_whole_answer_or_left()
    {
        await RecordOfAsync(secret);
        simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 2 });
        using (await client.SendAsync(Request(Streamed, other), HttpCompletionOption.ResponseHeadersRead))
        {
        }

        Assert.That((await NextRecordAsync()).Outcome, Is.EqualTo(Outcome.Aborted));
        simulator.SetFaults();
        Assert.That((await RecordOfAsync(secret)).Outcome, Is.EqualTo(Outcome.Ok));
    }

    [Test]
    public async Task That_its_error_was_its_answer()
    {
        await AssertErrorAsync(Request(Chat.Replace("gpt-5-mini", "gpt-5", StringComparison.Ordinal), other), 403, "model_not_allowed");
        await NextRecordAsync();
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 2 });

        using var response = await client.SendAsync(Request(Streamed, secret), HttpCompletionOption.ResponseHeadersRead);

        Assert.That(async () => await response.Content.ReadAsStringAsync(), Throws.Exception, "half an answer is cut");
        Assert.That((await NextRecordAsync()).Status, Is.EqualTo(200));
    }

    private static ExecutionRecord WithoutTimes(ExecutionRecord record)
    {
        var rest = record.Clone();
        (rest.Sequence, rest.Id, rest.StartedAt, rest.DurationMs, rest.TimeToFirstTokenMs) = (0, "", null, 0, record.TimeToFirstTokenMs is 0 ? 0 : 1);
        foreach (var one in rest.Tries)
        {
            (one.StartedMs, one.DurationMs) = (0, 0);
        }

        return rest;
    }

    private Task<ExecutionRecord> RecordOfAsync(BearerSecret key) => RecordOfAsync(Request(Chat, key));

    private async Task<ExecutionRecord> RecordOfAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // Half an answer.
        }

        return await NextRecordAsync();
    }

    private async Task<ExecutionRecord> NextRecordAsync()
    {
        sent++;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (true)
        {
            if (await node.Get<IRecordSpool>().RecordsAsync(0) is { } records && records.Count >= sent)
            {
                return records[sent - 1];
            }

            await Task.Delay(1, patience.Token);
        }
    }

    private async Task EnforceAsync(Action<TenantSpec> change)
    {
        var acme = TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu", "us");
        change(acme.Tenant);
        var (us, single) = (TestPublisher.Provider("p-us", "us", simulator.OpenAiBaseUrl("us").ToString()), TestPublisher.Model("m-eu", "p-eu"));
        us.Provider.ReportedRegions.Add("us-1");
        single.Model.Deployments[0].UpstreamModel = "gpt-5-mini";
        Resource[] resources =
        [
            TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString()), us, single,
            TestPublisher.Model("gpt-5-mini", "p-eu", "p-us"), TestPublisher.Model("gpt-5", "p-eu"), acme, TestPublisher.Tenant("initech", ["gpt-5-mini", "m-eu"], "eu", "us"),
        ];
        await node.Snapshots.InstallAsync(publisher.Publish((node.Policy?.Version ?? 0) + 1, "eu", resources), publisher, default);
    }
}
