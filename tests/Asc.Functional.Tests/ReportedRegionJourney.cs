using System.Text;
using System.Text.Json.Nodes;
using Asc.Simulator.Faults;

namespace Asc.Functional.Tests;

/// <summary>A provider that says where it processed is held to what is declared of it.</summary>
public sealed class ReportedRegionJourney
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll()
    {
        bed = await AscTestBed.StartAsync();
        var file = Path.Combine(bed.Stack.Description.DataDir, "provider.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: asc/v1
            kind: Provider
            metadata: { name: openai-eu }
            spec:
              protocol: openai
              baseUrl: {{bed.Simulator.OpenAiBaseUrl("eu")}}
              credential: { secret: openai-eu }
              region: eu
              network: private
              attestations: [hipaa-baa]
              reportedRegions: [swedencentral, West Europe]
            """);
        await bed.AscJsonAsync("apply", "-f", file);
        Assert.That((await bed.AscAsync("diff")).Output, Does.Contain("reportedRegions (none) becomes swedencentral, West Europe"));
        await bed.AscJsonAsync("publish", "-m", "what eu is called", "--wait");
    }

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [TearDown]
    public void Heal() => bed.Simulator.SetFaults();

    [Test]
    public async Task What_is_processed_where_it_is_declared_is_recorded_and_no_event()
    {
        Report("Sweden Central", FaultKind.Delay);

        var request = await AskAsync(bed.HealthKey);

        Assert.That((request["outcome"]!.GetValue<string>(), request["reportedRegion"]!.GetValue<string>()), Is.EqualTo(("ok", "Sweden Central")));
        Assert.That(await MismatchesOfAsync(request), Is.Empty);
    }

    [Test]
    public async Task What_is_processed_elsewhere_is_an_event()
    {
        Report("East US 2", FaultKind.Delay);

        var request = await AskAsync(bed.HealthKey);

        Assert.That((request["processingRegion"]!.GetValue<string>(), request["reportedRegion"]!.GetValue<string>()), Is.EqualTo(("eu", "East US 2")));
        var mismatch = (await MismatchesOfAsync(request)).Single();
        Assert.Multiple(() =>
        {
            Assert.That((mismatch["action"]!.GetValue<string>(), mismatch["tenant"]!.GetValue<string>(), mismatch["node"]!.GetValue<string>()), Is.EqualTo(("region.mismatch", "acme/health", "eu-1")));
            Assert.That(mismatch["subject"]!.GetValue<string>(), Does.EndWith("of openai-eu"));
            Assert.That(mismatch["reason"]!.GetValue<string>(), Does.Contain("in East US 2, which is not declared to be eu"));
        });
        var what = JsonNode.Parse(mismatch["after"]!.GetValue<string>())!;
        Assert.That((what["provider"]!.GetValue<string>(), what["declared"]!.GetValue<string>(), what["reported"]!.GetValue<string>()), Is.EqualTo(("openai-eu", "eu", "East US 2")));
    }

    [Test]
    public async Task A_call_that_failed_elsewhere_is_an_event_too()
    {
        Report("East US 2", FaultKind.Status);

        var request = await AskAsync(bed.RetailKey);

        Assert.That((request["provider"]!.GetValue<string>(), request["reportedRegion"]), Is.EqualTo(("openai-us", default(JsonNode))), "of the one that served");
        Assert.That(await MismatchesOfAsync(request), Has.Count.EqualTo(1), "the prompt was there all the same, and twice is told once");
    }

    private void Report(string region, FaultKind kind) => bed.Simulator.SetFaults(new Fault
    {
        Kind = kind, Status = 500, Match = new("eu", null, null), Delay = TimeSpan.FromMilliseconds(1), Headers = new Dictionary<string, string> { ["x-ms-region"] = region },
    });

    private async Task<JsonNode> AskAsync(string key)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node("eu").Url, "/v1/chat/completions"));
        request.Headers.Add("authorization", "Bearer " + key);
        request.Content = new StringContent("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        return (await bed.EventsAsync(1, "--type", "request", "--request", answer.Headers.GetValues("x-asc-request-id").Single())).Single();
    }

    // Stored with the request's record, so that it is there when that is.
    private Task<IReadOnlyList<JsonNode>> MismatchesOfAsync(JsonNode request) =>
        bed.EventsAsync(0, "--type", "residency", "--provider", "openai-eu", "--request", request["requestId"]!.GetValue<string>());
}
