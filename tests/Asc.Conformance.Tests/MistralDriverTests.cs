using Asc.Conformance.Tests.Clients;
using Asc.Simulator;

namespace Asc.Conformance.Tests;

/// <summary>The Mistral SDK, straight at the simulated API: its driver works, before there is a node for it to speak to.</summary>
internal sealed class MistralDriverTests
{
    private static readonly ProviderDialect Provider = new("mistral", default, "mistral-small-latest", (simulator, region) => simulator.MistralBaseUrl(region));
    private readonly NodeClient client = new("@mistralai/mistralai (npm)", ClientProtocol.Mistral, SdkErrors.Mistral, "mistral.mjs");
    private ProviderSimulator simulator = null!;
    private string? absence;

    private static IEnumerable<Scenario> Conversations => Scenarios.All.Where(scenario => scenario.Fault is null && scenario.Ask.Embeds is null);

    [OneTimeSetUp]
    public async Task Start()
    {
        simulator = await ProviderSimulator.StartAsync(new() { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero });
        absence = await client.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await client.DisposeAsync();
        await simulator.DisposeAsync();
    }

    [TestCaseSource(nameof(Conversations))]
    public Task It_gets_a_whole_answer(Scenario scenario) => HoldAsync(scenario, stream: false);

    [TestCaseSource(nameof(Conversations))]
    public Task It_gets_a_stream(Scenario scenario) => HoldAsync(scenario, stream: true);

    private async Task HoldAsync(Scenario scenario, bool stream)
    {
        if (absence is not null)
        {
            Assert.Ignore(absence);
        }

        var job = new Job($"{scenario} {stream}", Provider.BaseUrl(simulator, "eu").ToString(), "key", Provider.Model, stream, scenario.Ask);
        var heard = await client.HoldAsync(job, CancellationToken.None);

        Assert.That(heard.Error, Is.Null);
        Assert.That(client.Protocol.Misends(scenario.Ending, heard, Provider), Is.Null);
        Assert.That(scenario.Check(heard), Is.Null);
        Assert.That(string.Concat(heard.Pieces), Is.EqualTo(stream ? heard.Text : ""));
    }
}
