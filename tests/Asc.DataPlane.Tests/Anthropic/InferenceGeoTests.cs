using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Tests.Translation;

namespace Asc.DataPlane.Tests.Anthropic;

/// <summary>A provider whose region Anthropic is asked for with each request.</summary>
[TestFixture]
internal sealed class InferenceGeoTests : TranslationFixture
{
    private const string Said = "{\"model\":\"american\",\"max_tokens\":16,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]GEO}";
    private string upstream = "claude-opus-5-5";
    private string place = "us";
    private string? url;

    public InferenceGeoTests() => Secrets["p-us"] = "provider-secret";

    [SetUp]
    public Task EnforceAmerican()
    {
        (url, place) = (null, "us");
        return EnforceAsync("claude-opus-5-5");
    }

    protected override IEnumerable<Resource> More
    {
        get
        {
            var provider = TestPublisher.Provider("p-us", place, url ?? simulator.AnthropicBaseUrl("us").ToString());
            (provider.Provider.Protocol, provider.Provider.InferenceGeo) = (Protocol.Anthropic, place);
            var model = TestPublisher.Model("american", "p-us");
            model.Model.Deployments[0].UpstreamModel = upstream;
            return [provider, model];
        }
    }

    [TestCase("")]
    [TestCase(",\"inference_geo\":null")]
    public async Task A_message_is_the_callers_bytes_and_the_place(string geo)
    {
        var body = Said.Replace("GEO", geo, StringComparison.Ordinal);

        var answer = await AnswerAsync(Messages, body);

        Assert.That(answer["usage"]!["inference_geo"]!.GetValue<string>(), Is.EqualTo("us"));
        Assert.That(
            Encoding.UTF8.GetString(simulator.Requests.Items.Single().Body.Span),
            Is.EqualTo(Said.Replace("american", upstream, StringComparison.Ordinal).Replace("GEO", ",\"inference_geo\":\"us\"", StringComparison.Ordinal)));
        Assert.That((await RecordAsync()).ReportedRegion, Is.EqualTo("us"));
    }

    [Test]
    public async Task A_translated_request_asks_for_the_place_too()
    {
        await AnswerAsync(ChatCompletions, "{\"model\":\"american\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        Assert.That(Sent()["inference_geo"]!.GetValue<string>(), Is.EqualTo("us"));
    }

    [Test]
    public async Task A_client_does_not_choose_the_place()
    {
        using var response = await SendAsync(Messages, Said.Replace("GEO", ",\"inference_geo\":\"global\"", StringComparison.Ordinal));

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task Tokens_are_estimated_as_counting_knows_no_place()
    {
        using var response = await SendAsync(Messages + "/count_tokens", "{\"model\":\"american\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        Assert.That(((int)response.StatusCode, Header(response, "x-asc-estimated")), Is.EqualTo((200, "true")), await response.Content.ReadAsStringAsync());
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task Where_any_place_will_do_they_are_counted_and_none_is_named()
    {
        place = "global";
        await EnforceAsync("claude-opus-5-5");

        using var response = await SendAsync(Messages + "/count_tokens", "{\"model\":\"american\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        Assert.That(((int)response.StatusCode, response.Headers.Contains("x-asc-estimated")), Is.EqualTo((200, false)), await response.Content.ReadAsStringAsync());
        Assert.That(Sent()["inference_geo"], Is.Null);
    }

    [Test]
    public async Task A_provider_that_processed_elsewhere_is_told_of()
    {
        const string answer = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":[],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"inference_geo\":\"global\"}}";
        await using var odd = new OddProvider($"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {answer.Length}\r\n\r\n{answer}");
        url = odd.Url;
        await EnforceAsync("claude-opus-5-5");

        await AnswerAsync(Messages, Said.Replace("GEO", "", StringComparison.Ordinal));

        var mismatch = (await RecordAsync()).RegionMismatches.Single();
        Assert.That((mismatch.Declared, mismatch.Reported), Is.EqualTo(("us", "global")));
    }

    [Test]
    public async Task A_model_that_knows_no_place_says_so()
    {
        await EnforceAsync("claude-haiku-4-5");

        using var response = await SendAsync(Messages, Said.Replace("GEO", "", StringComparison.Ordinal));

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((400, "provider_rejected")));
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain("inference_geo"));
    }

    private Task EnforceAsync(string upstreamModel)
    {
        upstream = upstreamModel;
        return EnforceAsync((_, tenant) =>
        {
            (tenant.Models.Allow.Values.Contains("american") ? [] : new List<string> { "american" }).ForEach(tenant.Models.Allow.Values.Add);
            (tenant.Residency.Allow.Values.Contains(place) ? [] : new List<string> { place }).ForEach(tenant.Residency.Allow.Values.Add);
        });
    }
}
