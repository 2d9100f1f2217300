using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Simulator.Faults;

namespace Asc.Functional.Tests;

/// <summary>A provider that goes down: applications don't notice where another may serve them, and admins see what happened.</summary>
public sealed class FailoverJourney
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task A_provider_that_is_down_shows_in_get_nodes_in_metrics_and_in_each_request_s_explanation()
    {
        bed.Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 500, Match = new("eu", null, null) });
        for (var i = 0; i < 12; i++)
        {
            using var answer = await AskAsync(bed.RetailKey);
            Assert.That((answer.StatusCode, answer.Headers.GetValues("x-asc-region").Single()), Is.EqualTo((HttpStatusCode.OK, "us")));
        }

        // May be processed in eu only, where nothing is well.
        using var refused = await AskAsync(bed.HealthKey);
        Assert.That(((int)refused.StatusCode, refused.Headers.RetryAfter is not null), Is.EqualTo((503, true)));

        await AscTestBed.EventuallyAsync(async () =>
            (await bed.AscJsonAsync("get", "nodes"))["items"]!.AsArray().SelectMany(node => node!["deployments"]!.AsArray())
                .Any(deployment => deployment!["provider"]!.GetValue<string>() == "openai-eu" && deployment["circuit"]!.GetValue<string>() == "open"));

        await AscTestBed.EventuallyAsync(async () =>
            (await bed.EventsAsync(1, "--type", "breaker")).Any(e => e["subject"]!.GetValue<string>().EndsWith("of openai-eu in eu", StringComparison.Ordinal) && e["action"]!.GetValue<string>() == "circuit.open" && e["node"]!.GetValue<string>() == "eu-1"));

        using var admin = new HttpClient();
        var metrics = await admin.GetStringAsync(new Uri(bed.Node("eu").Admin, "/metrics"));
        Assert.That(metrics.Split('\n').Where(line => line.StartsWith("asc_deployment_circuit{", StringComparison.Ordinal) && line.Contains("\"openai-eu\"", StringComparison.Ordinal)), Has.Some.EndsWith(" 2"));

        var id = refused.Headers.GetValues("x-asc-request-id").Single();
        await bed.EventsAsync(1, "--request", id);
        var explained = await bed.AscJsonAsync("explain", id);
        Assert.That((explained["verdict"]!.GetValue<string>(), explained["code"]!.GetValue<string>(), explained["rule"]!.GetValue<string>()), Is.EqualTo(("deny", "no_healthy_target", "deployment.healthy")));
        Assert.That(explained["wouldPassIf"]!.AsArray().Single()!.GetValue<string>(), Does.StartWith("either openai-eu answers again; or "), "what is nearest first, and what policy could change");
    }

    private async Task<HttpResponseMessage> AskAsync(string key)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node("eu").Url, "/v1/chat/completions"));
        request.Headers.Add("authorization", "Bearer " + key);
        request.Content = new StringContent("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}", Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }
}
