using System.Text.Json.Nodes;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Tests.Translation;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.Anthropic;

/// <summary>How long a prompt is: Claude's own count where it would serve it, else an estimate.</summary>
[TestFixture]
internal sealed class CountTokensTests : TranslationFixture
{
    private const string CountTokens = Messages + "/count_tokens";

    [Test]
    public async Task Claude_is_asked_itself_and_nothing_is_used()
    {
        using var response = await SendAsync(CountTokens, "{\"model\":\"claude\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That((int)response.StatusCode, Is.EqualTo(200), body.ToJsonString());
        Assert.That(body["input_tokens"]!.GetValue<long>(), Is.GreaterThan(0));
        Assert.That(response.Headers.Contains("x-asc-estimated"), Is.False);
        Assert.That(simulator.Requests.Items.Single().Path, Does.EndWith("/v1/messages/count_tokens"));
        var record = await RecordAsync();
        Assert.That((record.Endpoint, record.Outcome, (long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo(("POST /v1/messages/count_tokens", Outcome.Ok, 0L, 0L, false)));
    }

    [Test]
    public async Task A_count_that_was_lost_on_its_way_has_used_nothing()
    {
        simulator.SetFaults(new Fault { Kind = FaultKind.Cut });

        using var response = await SendAsync(CountTokens, "{\"model\":\"claude\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

        Assert.That((int)response.StatusCode, Is.EqualTo(502));
        Assert.That((await RecordAsync()).Usage.Input, Is.Zero);
    }

    [Test]
    public async Task Of_another_model_it_is_estimated_and_nobody_is_called()
    {
        using var response = await SendAsync(CountTokens, $"{{\"model\":\"gpt\",\"messages\":[{{\"role\":\"user\",\"content\":\"{string.Concat(Enumerable.Repeat("one two three four ", 250))}\"}}]}}");

        Assert.That(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["input_tokens"]!.GetValue<long>(), Is.InRange(900, 1100));
        Assert.That(Header(response, "x-asc-estimated"), Is.EqualTo("true"));
        Assert.That(simulator.Requests.Items, Is.Empty);
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Status, record.Attempts, (long)record.Usage.Input), Is.EqualTo((Outcome.Ok, 200u, 0u, 0L)));
    }

    [TestCase("{\"model\":\"gpt\"}", 400, "invalid_request")]
    [TestCase("{\"model\":\"nope\",\"messages\":[]}", 404, "model_not_found")]
    [TestCase("{\"model\":\"claude\",\"messages\":[],\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"w\"}]}", 400, "unsupported_feature")]
    public async Task What_could_not_be_served_is_not_counted(string body, int status, string code)
    {
        using var response = await SendAsync(CountTokens, body);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((status, code)));
    }
}
