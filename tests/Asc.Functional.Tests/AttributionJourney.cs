using System.Text;
using System.Text.Json.Nodes;

namespace Asc.Functional.Tests;

/// <summary>Tags, workloads and data classes from the admin's file to the record: what requests say, what keys are bound to, what policy makes of it.</summary>
public sealed class AttributionJourney
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll()
    {
        bed = await AscTestBed.StartAsync();
        var file = Path.Combine(bed.Stack.Description.DataDir, "attribution.yaml");
        await File.WriteAllTextAsync(file, """
            apiVersion: asc/v1
            kind: Workload
            metadata: { name: batch }
            spec:
              models: { deny: [gpt-5] }
              routes: { chat-default: gpt-5-mini }
              timeouts: { total: 1h }
            ---
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/retail }
            spec:
              models: { allow: [chat-default, gpt-5-mini, gpt-5] }
              residency: { allow: [eu, us] }
              tags: { require: [bu], allow: { env: [prod, test] }, default: { env: prod } }
              workloads: { allow: [interactive, batch] }
              dataClasses: { rules: { phi: { requireAttestations: [hipaa-baa] } } }
            """);
        await bed.AscJsonAsync("apply", "-f", file);
        var diff = await bed.AscAsync("diff");
        Assert.That(diff.Output, Does.Contain("now requires the tag bu").And.Contain("takes as the tag env only prod, test").And.Contain("no longer takes agent requests"));
        await bed.AscJsonAsync("publish", "-m", "attribution", "--wait");
    }

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task The_sample_s_health_data_goes_only_where_a_BAA_is_attested()
    {
        var (status, id, _) = await AskAsync("eu", bed.HealthKey, "gpt-5-mini", []);
        Assert.That(status, Is.EqualTo(200));
        Assert.That((await EventAsync(id))["dataClasses"]!.AsArray().Single()!.GetValue<string>(), Is.EqualTo("phi"));
        var described = await bed.AscAsync("describe", "tenant", "acme/health");
        Assert.That(described.Output, Does.Contain("dataClasses.rules.phi").And.Contain("hipaa-baa"));
    }

    [Test]
    public async Task What_a_request_says_is_in_its_event_and_explains_it()
    {
        var (status, id, _) = await AskAsync("us", bed.RetailKey, "gpt-5-mini", [("x-asc-tags", "bu=oncology,team=a"), ("x-asc-workload", "batch")]);
        Assert.That(status, Is.EqualTo(200));

        var told = await EventAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(told["tags"]!.ToJsonString(), Is.EqualTo("""{"bu":"oncology","env":"prod","team":"a"}"""));
            Assert.That(told["workload"]!.GetValue<string>(), Is.EqualTo("batch"));
            Assert.That(told["dataClasses"]!.AsArray(), Is.Empty);
        });
        var explained = await bed.AscJsonAsync("explain", id);
        Assert.That(explained["verdict"]!.GetValue<string>(), Is.EqualTo("allow"), AscTestBed.Json(explained));
        Assert.That(Check(explained, "workloads.allow")["inputs"]!["workload"]!.GetValue<string>(), Is.EqualTo("batch"));
    }

    // tags, workload, data class, model, node; then the code and the rule
    [TestCase(null, null, null, "gpt-5-mini", "us", "tag_required", "tags.require")]
    [TestCase("bu=x,env=dev", null, null, "gpt-5-mini", "us", "tag_not_allowed", "tags.allow")]
    [TestCase("bu=x", "agent", null, "gpt-5-mini", "us", "workload_not_allowed", "workloads.allow")]
    [TestCase("bu=x", "nightly", null, "gpt-5-mini", "us", "workload_not_allowed", "workload.defined")]
    [TestCase("bu=x", "batch", null, "gpt-5", "us", "model_not_allowed", "workload.models")]
    [TestCase("bu=x", null, "phi", "gpt-5", "us", "attestation_required", "dataClasses.requireAttestations")]
    [TestCase("bu=x", null, "hr", "gpt-5-mini", "us", "invalid_request", "dataClasses.rules")]
    public async Task A_denial_explains_itself_beforehand_and_afterwards(string? tags, string? workload, string? dataClass, string model, string region, string code, string rule)
    {
        var headers = new[] { ("x-asc-tags", tags), ("x-asc-workload", workload), ("x-asc-data-class", dataClass) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!)).ToArray();
        var before = bed.Simulator.Requests.Items.Count;
        var (_, id, error) = await AskAsync(region, bed.RetailKey, model, headers);
        Assert.That(error!["code"]!.GetValue<string>(), Is.EqualTo(code), error.ToJsonString());
        Assert.That(bed.Simulator.Requests.Items, Has.Count.EqualTo(before), "nothing was sent");
        Assert.That((await EventAsync(id))["rule"]!.GetValue<string>(), Is.EqualTo(rule));

        string[] said = [.. (tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(tag => new[] { "--tag", tag }), .. workload is null ? [] : new[] { "--workload", workload }, .. dataClass is null ? [] : new[] { "--data-class", dataClass }];
        foreach (var arguments in new string[][] { ["explain", id], ["explain", "--tenant", "acme/retail", "--model", model, "--region", region, .. said] })
        {
            var explained = await bed.AscJsonAsync(arguments);
            Assert.That((explained["code"]!.GetValue<string>(), explained["rule"]!.GetValue<string>()), Is.EqualTo((code, rule)), AscTestBed.Json(explained));
            Assert.That(Check(explained, rule)["outcome"]!.GetValue<string>(), Is.EqualTo("fail"));
            Assert.That(explained["wouldPassIf"]!.AsArray(), Has.Count.EqualTo(1), AscTestBed.Json(explained));
            Assert.That(explained["message"]!.GetValue<string>(), Is.EqualTo(error["message"]!.GetValue<string>()));
        }
    }

    [Test]
    public async Task A_key_with_bound_tags_says_them_for_its_requests_and_so_does_the_one_after_it()
    {
        var bound = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "nightly", "--tag", "bu=finance", "--tag", "env=test", "--workload", "batch", "--data-class", "phi");
        var listed = (await bed.AscJsonAsync("get", "keys"))["items"]!.AsArray().Single(key => key!["id"]!.GetValue<string>() == bound["id"]!.GetValue<string>())!;
        Assert.That((listed["tags"]!.ToJsonString(), listed["workloads"]!.ToJsonString(), listed["dataClasses"]!.ToJsonString()), Is.EqualTo(("""{"bu":"finance","env":"test"}""", """["batch"]""", """["phi"]""")));
        Assert.That((await bed.AscAsync("get", "keys")).Output, Does.Contain("bu=finance,env=test; batch; phi data"));
        await AssertBoundAsync(bound["key"]!.GetValue<string>());

        var rotated = await bed.AscJsonAsync("key", "rotate", bound["id"]!.GetValue<string>(), "--overlap", "0s");
        await AssertBoundAsync(rotated["key"]!.GetValue<string>());
    }

    private async Task AssertBoundAsync(string key)
    {
        var (status, id) = (0, "");
        await AscTestBed.EventuallyAsync(async () =>
        {
            (status, id, _) = await AskAsync("us", key, "gpt-5-mini", []);
            return status == 200;
        });
        var told = await EventAsync(id);
        Assert.That(
            (told["tags"]!.ToJsonString(), told["workload"]!.GetValue<string>(), told["dataClasses"]!.ToJsonString(), told["provider"]!.GetValue<string>()),
            Is.EqualTo(("""{"bu":"finance","env":"test"}""", "batch", """["phi"]""", "openai-eu")), "the provider in us attests nothing");

        var (_, changed, error) = await AskAsync("us", key, "gpt-5-mini", [("x-asc-tags", "bu=sales")]);
        Assert.That((error!["code"]!.GetValue<string>(), error["message"]!.GetValue<string>()), Is.EqualTo(("tag_not_allowed", "This key is bound to the tag bu=finance: a request may repeat it or leave it out, and not change it.")));
        Assert.That((await bed.AscJsonAsync("explain", await RecordedAsync(changed)))["rule"]!.GetValue<string>(), Is.EqualTo("key.tags"));
    }

    private async Task<string> RecordedAsync(string id)
    {
        await EventAsync(id);
        return id;
    }

    private async Task<JsonNode> EventAsync(string id) => (await bed.EventsAsync(1, "--request", id)).Single();

    private static JsonNode Check(JsonNode explained, string rule) => explained["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == rule)!;

    private async Task<(int Status, string Id, JsonNode? Error)> AskAsync(string region, string key, string model, (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { BaseAddress = bed.Node(region).Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($"{{\"model\":\"{model}\",\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, response.Headers.GetValues("x-asc-request-id").Single(), JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]);
    }
}
