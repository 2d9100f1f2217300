using System.Text.Json.Nodes;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;

namespace Asc.DataPlane.Tests;

/// <summary>Which names a key may ask for, in the words of whoever asks.</summary>
[TestFixture]
internal sealed class ModelListTests : GatewayFixture
{
    [Test]
    public async Task An_OpenAI_client_is_told_the_names_that_it_may_use_and_no_others()
    {
        var list = await GetAsync("/v1/models", 200);

        Assert.That((list["object"]!.GetValue<string>(), Names(list)), Is.EqualTo(("list", "gpt-5-mini")), "gpt-5 is there, and not allowed");
        var model = list["data"]![0]!;
        Assert.That((model["object"]!.GetValue<string>(), model["owned_by"]!.GetValue<string>()), Is.EqualTo(("model", "asc")));
        Assert.That(model["created"]!.GetValue<long>(), Is.Zero, "as the test published it");
        var record = await RecordAsync();
        Assert.That((record.Endpoint, record.Outcome, record.Status, record.Attempts), Is.EqualTo(("GET /v1/models", Outcome.Ok, 200u, 0u)));
    }

    [Test]
    public async Task An_Anthropic_client_is_told_the_same_in_its_own_words()
    {
        var list = await GetAsync("/v1/models?limit=1000", 200, anthropic: true);

        Assert.That((Names(list), list["has_more"]!.GetValue<bool>(), list["first_id"]!.GetValue<string>(), list["last_id"]!.GetValue<string>()), Is.EqualTo(("gpt-5-mini", false, "gpt-5-mini", "gpt-5-mini")));
        Assert.That((list["data"]![0]!["type"]!.GetValue<string>(), list["data"]![0]!["display_name"]!.GetValue<string>()), Is.EqualTo(("model", "gpt-5-mini")));
    }

    [Test]
    public async Task A_Mistral_client_is_told_what_each_can_do()
    {
        var list = await GetAsync("/mistral/v1/models", 200);
        Assert.That((Names(list), list["data"]![0]!["type"]!.GetValue<string>(), list["data"]![0]!["capabilities"]!["completion_chat"]!.GetValue<bool>(), list["data"]![0]!["capabilities"]!["completion_fim"]!.GetValue<bool>()),
            Is.EqualTo(("gpt-5-mini", "base", true, false)));
    }

    [TestCase("?limit=2", "m-1,m-2", true)]
    [TestCase("?limit=2&after_id=m-2", "m-3,m-4", true)]
    [TestCase("?limit=2&after_id=m-4", "m-5", false)]
    [TestCase("?limit=2&before_id=m-4", "m-2,m-3", true)]
    [TestCase("?before_id=m-2", "m-1", false)]
    [TestCase("?after_id=m-5", "", false)]
    public async Task An_Anthropic_client_gets_a_page_after_the_other(string query, string names, bool hasMore)
    {
        string[] all = ["m-1", "m-2", "m-3", "m-4", "m-5"];
        await node.Snapshots.InstallAsync(
            publisher.Publish(2, "eu", [TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString()), .. all.Select(name => TestPublisher.Model(name, "p-eu")), TestPublisher.Tenant("acme", ["m-*"], "eu")]), publisher, default);

        var list = await GetAsync("/v1/models" + query, 200, anthropic: true);

        Assert.That((Names(list), list["has_more"]!.GetValue<bool>()), Is.EqualTo((names, hasMore)));
    }

    [TestCase("?limit=0", "limit")]
    [TestCase("?limit=many", "limit")]
    [TestCase("?after_id=a&before_id=b", "after_id")]
    public async Task A_page_that_is_none_is_refused(string query, string parameter) =>
        Assert.That((await GetAsync("/v1/models" + query, 400, anthropic: true))["error"]!["param"]!.GetValue<string>(), Is.EqualTo(parameter));

    [Test]
    public async Task One_name_is_told_for_itself()
    {
        Assert.That((await GetAsync("/v1/models/gpt-5-mini", 200))["id"]!.GetValue<string>(), Is.EqualTo("gpt-5-mini"));
        Assert.That((await GetAsync("/v1/models/gpt-5-mini", 200, anthropic: true))["type"]!.GetValue<string>(), Is.EqualTo("model"));
    }

    [TestCase("gpt-5", TestName = "One that may not be used is as if it were not there")]
    [TestCase("nope", TestName = "One that is not there")]
    public async Task Is_not_found(string name) => Assert.That((await GetAsync("/v1/models/" + name, 404))["error"]!["code"]!.GetValue<string>(), Is.EqualTo("model_not_found"));

    [Test]
    public async Task What_is_switched_off_is_not_listed()
    {
        await SwitchAsync(new AccessEntry { Model = new() { Model = "gpt-5-mini", Disabled = true } });
        Assert.That(Names(await GetAsync("/v1/models", 200)), Is.Empty);
    }

    [TestCase("POST", "/v1/models")]
    [TestCase("HEAD", "/v1/models")]
    [TestCase("DELETE", "/v1/models/gpt-5-mini")]
    [TestCase("POST", "/mistral/v1/models")]
    public async Task Names_are_to_be_got_and_nothing_else(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("x-api-key", secret.Reveal());

        using var response = await client.SendAsync(request);

        Assert.That(((int)response.StatusCode, string.Join(',', response.Content.Headers.Allow)), Is.EqualTo((405, "GET")));
    }

    [Test]
    public async Task Who_has_no_key_is_told_nothing()
    {
        using var response = await client.GetAsync("/v1/models");
        Assert.That((int)response.StatusCode, Is.EqualTo(401));
    }

    private static string Names(JsonNode list) => string.Join(',', list["data"]!.AsArray().Select(model => model!["id"]!.GetValue<string>()));

    private async Task<JsonNode> GetAsync(string path, int status, bool anthropic = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("x-api-key", secret.Reveal());
        if (anthropic)
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
        }

        using var response = await client.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That((int)response.StatusCode, Is.EqualTo(status), body.ToJsonString());
        Assert.That(response.Headers.Contains("x-asc-request-id"), Is.True);
        return body;
    }
}
