using System.Text;
using System.Text.Json.Nodes;

namespace Asc.Functional.Tests;

/// <summary>Before a publish: what would it have done to what applications asked for?</summary>
public sealed class ReplayJourney
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task A_draft_is_tried_on_what_was_asked_and_the_version_before_on_what_followed()
    {
        var served = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            served.Add(await AskAsync("us", bed.RetailKey, "gpt-5", expected: 200));
        }

        var routed = await AskAsync("us", bed.RetailKey, "chat-default", expected: 200);
        await AskAsync("eu", bed.HealthKey, "gpt-5", expected: 403);
        var unread = await AskAsync("us", bed.HealthKey, "gpt-5-mini", expected: 403);
        await AskAsync("us", "asc_nobody", "gpt-5-mini", expected: 401);
        await bed.EventsAsync(8, "--type", "request");

        var same = await bed.AscJsonAsync("replay", "--since", "1h");
        Assert.That((Totals(same), same["examples"]!.AsArray().Count), Is.EqualTo(((8, 0, 0, 0, 1), 0)), AscTestBed.Json(same));

        await ApplyAsync("""
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/retail }
            spec:
              models: { allow: [chat-default, gpt-5-mini] }
              residency: { allow: [eu, us] }
            ---
            apiVersion: asc/v1
            kind: Route
            metadata: { name: chat-default }
            spec:
              strategy: priority
              targets: [ { model: gpt-5 }, { model: gpt-5-mini } ]
            ---
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/health }
            spec:
              models: { allow: [chat-default, gpt-5-mini] }
              residency: { allow: [eu, us] }
            """);
        var draft = await bed.AscJsonAsync("replay", "--since", "1h", "--against", "draft");
        Assert.Multiple(() =>
        {
            Assert.That((Text(draft["against"]), Totals(draft)), Is.EqualTo(("draft", (8, 4, 1, 1, 1))), AscTestBed.Json(draft));
            Assert.That(Examples(draft, "newlyDenied").Select(example => Text(example["requestId"])), Is.EqualTo(new[] { served[^1] }), "the others are like it");
            Assert.That(Examples(draft, "rerouted").Select(example => Text(example["requestId"])), Is.EqualTo(new[] { routed }));
            Assert.That(Examples(draft, "newlyPermitted").Select(example => Text(example["requestId"])), Is.EqualTo(new[] { unread }));
        });
        var example = Examples(draft, "newlyDenied").First();
        Assert.That(
            (Text(example["tenant"]), Text(example["before"]), Text(example["after"]), Text(example["rule"]), Text(example["message"])),
            Is.EqualTo(("acme/retail", "gpt-5-2025-08-07 of openai-us in us", "model_not_allowed", "models.allow", "acme/retail may not use \"gpt-5\": models.allow of acme/retail does not include it. Allowed here: chat-default, gpt-5-mini.")));
        var retail = await bed.AscJsonAsync("replay", "--since", "1h", "--tenant", "acme/retail");
        Assert.That((Totals(retail), retail["tenants"]!.AsArray().Select(tenant => Text(tenant!["tenant"]))), Is.EqualTo(((5, 4, 0, 1, 0), new[] { "acme/retail" })));

        var table = await bed.AscAsync("replay", "--since", "1h");
        Assert.That((table.ExitCode, table.Error), Is.EqualTo((0, "")));
        Assert.That(table.Output, Does.Contain("8 requests from").And.Contain("against the draft").And.Match("newly denied +4").And.Match("newly denied +model_not_allowed +models.allow +acme/retail +4").And.Contain(routed));
        Assert.That((await bed.AscAsync("replay", "--since", "1h", "-o", "yaml")).Output, Does.Contain("against: draft"));

        await bed.AscJsonAsync("publish", "-m", "narrower", "--wait");
        var refused = await AskAsync("us", bed.RetailKey, "gpt-5", expected: 403);
        await bed.EventsAsync(1, "--request", refused);
        var old = await bed.AscJsonAsync("replay", "--since", "1h", "--against", "1");
        Assert.That((old["against"]!.GetValue<int>(), Totals(old)), Is.EqualTo((1, (9, 0, 1, 0, 1))), AscTestBed.Json(old));
        Assert.That(Examples(old, "newlyPermitted").Select(one => (Text(one["requestId"]), Text(one["after"]))), Is.EqualTo(new[] { (refused, "gpt-5-2025-08-07 of openai-us in us") }));
    }

    [TestCase("replay --since 1h --against 99", 4, "not_found: There is no version 99.")]
    [TestCase("replay --since 1h --tenant acme/helth", 4, "not_found: There is no tenant \"acme/helth\", and no record of one.")]
    [TestCase("replay", 2, "usage: Option '--since' is required.")]
    [TestCase("replay --since banana", 2, "invalid_time: \"banana\" is neither a time nor a span.")]
    [TestCase("replay --since 1h --until 2h", 2, "invalid_time: --since is not before --until")]
    [TestCase("replay --since 1h --against newest", 2, "invalid_version: \"newest\" is no version.")]
    [TestCase("replay --since 1h --limit 0", 2, "usage: --limit is at least 1.")]
    public async Task What_can_t_be_replayed_is_told(string line, int exitCode, string expected)
    {
        var result = await bed.AscAsync(line.Split(' '));
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((exitCode, "")));
        Assert.That(result.Error, Does.StartWith("asc: " + expected));
    }

    private async Task<string> AskAsync(string region, string key, string model, int expected)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node(region).Url, "/v1/chat/completions"))
        {
            Content = new StringContent($"{{\"model\":\"{model}\",\"messages\":[{{\"role\":\"user\",\"content\":\"Hello\"}}]}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        using var answer = await client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(expected));
        return answer.Headers.GetValues("x-asc-request-id").Single();
    }

    private async Task ApplyAsync(string yaml)
    {
        var file = Path.Combine(bed.Stack.Description.DataDir, "replayed.yaml");
        await File.WriteAllTextAsync(file, yaml);
        await bed.AscJsonAsync("apply", "-f", file);
    }

    private static (int Records, int Denied, int Permitted, int Rerouted, int NotJudged) Totals(JsonNode replay)
    {
        int Of(string name) => replay["totals"]![name]!.GetValue<int>();
        return (replay["records"]!.GetValue<int>(), Of("newlyDenied"), Of("newlyPermitted"), Of("rerouted"), Of("notJudged"));
    }

    private static IEnumerable<JsonNode> Examples(JsonNode replay, string kind) => replay["examples"]!.AsArray().Where(example => Text(example!["kind"]) == kind)!;

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
