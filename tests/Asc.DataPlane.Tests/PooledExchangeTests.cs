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
        var grant = publisher.Hold(new KeyGrant { RequestsPerMinute = 6 }.ToByteString());
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

    private async Task<ExecutionRecord> RecordOfAsync(BearerSecret key)
    {
        using var response = await client.SendAsync(Request(Chat, key));
        await response.Content.ReadAsStringAsync();
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
        Resource[] resources =
        [
            TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString()), TestPublisher.Provider("p-us", "us", simulator.OpenAiBaseUrl("us").ToString()),
            TestPublisher.Model("gpt-5-mini", "p-eu", "p-us"), TestPublisher.Model("gpt-5", "p-eu"), acme, TestPublisher.Tenant("initech", ["gpt-5-mini"], "eu", "us"),
        ];
        await node.Snapshots.InstallAsync(publisher.Publish((node.Policy?.Version ?? 0) + 1, "eu", resources), publisher, default);
    }
}
