using System.ClientModel;
using OpenAI.Chat;

namespace Asc.Functional.Tests;

/// <summary>An admin's day, through the real CLI; what follows is judged at the nodes and at the provider.</summary>
public sealed class AdminJourney
{
    private AscTestBed bed = null!;

    [SetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [TearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task A_publish_is_enforced_by_every_node_and_a_rollback_undoes_it()
    {
        await ApplyRetailAsync("[chat-default]");
        var diff = await bed.AscAsync("diff");
        Assert.That(diff.ExitCode, Is.EqualTo(1));
        Assert.That(diff.Output, Does.Contain("acme/retail loses claude-haiku-5-5, gpt-5, gpt-5-mini, mistral-small-2603"));
        Assert.That(diff.Error, Does.Contain("1 key affected"));
        await AssertServedAsync(bed.RetailKey, "gpt-5-mini");

        var published = await bed.AscJsonAsync("publish", "-m", "less for retail", "--expect", "1", "--wait");
        Assert.That(published["version"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(published["nodes"]!.AsArray().Select(node => node!["state"]!.GetValue<string>()), Is.All.EqualTo("enforced"));
        await AssertDeniedAsync("eu", bed.RetailKey, "gpt-5-mini", "model_not_allowed");
        await AssertDeniedAsync("us", bed.RetailKey, "gpt-5-mini", "model_not_allowed");

        var back = await bed.AscJsonAsync("rollback", "1", "-m", "too little", "--wait");
        Assert.That(back["version"]!.GetValue<int>(), Is.EqualTo(3));
        await AssertServedAsync(bed.RetailKey, "gpt-5-mini");
        var versions = (await bed.AscJsonAsync("versions"))["items"]!.AsArray();
        Assert.That(versions.Select(version => version!["version"]!.GetValue<int>()), Is.EqualTo(new[] { 3, 2, 1 }));
        Assert.That(versions[0]!["rollbackOf"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That((await bed.AscAsync("diff")).ExitCode, Is.Zero, "the draft went back too");
    }

    [Test]
    public async Task A_publish_that_expects_another_version_is_refused()
    {
        await ApplyRetailAsync("[chat-default]");

        var refused = await bed.AscAsync("publish", "-m", "stale", "--expect", "7");

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain("conflict"));
    }

    [Test]
    public async Task What_keys_suspensions_and_switches_tighten_no_publish_rollback_or_restart_undoes()
    {
        var doomed = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "doomed");
        var key = doomed["key"]!.GetValue<string>();
        await AscTestBed.EventuallyAsync(() => IsServedAsync("us", key, "gpt-5-mini"), 1);
        await bed.AscJsonAsync("key", "revoke", doomed["id"]!.GetValue<string>());
        await bed.AscJsonAsync("tenant", "suspend", "acme/health", "-m", "incident 7");
        await bed.AscJsonAsync("model", "disable", "gpt-5", "-m", "incident 8");
        await AscTestBed.EventuallyAsync(async () => !await IsServedAsync("us", key, "gpt-5-mini") && !await IsServedAsync("eu", bed.HealthKey, "chat-default") && !await IsServedAsync("us", bed.RetailKey, "gpt-5"), 1);

        await ApplyRetailAsync("[chat-default, gpt-5]");
        await bed.AscJsonAsync("publish", "-m", "another", "--wait");
        await bed.AscJsonAsync("rollback", "1", "-m", "back", "--wait");
        await AssertTightAsync(key);

        foreach (var node in bed.Stack.Nodes)
        {
            await node.StopAsync();
            await node.StartAsync(CancellationToken.None);
        }

        await AssertTightAsync(key);
        await bed.AscJsonAsync("tenant", "resume", "acme/health");
        await bed.AscJsonAsync("model", "enable", "gpt-5");
        await AscTestBed.EventuallyAsync(async () => await IsServedAsync("eu", bed.HealthKey, "chat-default") && await IsServedAsync("us", bed.RetailKey, "gpt-5"), 1);
    }

    [Test]
    public async Task A_narrowed_and_a_rotated_key_do_what_they_say()
    {
        var narrow = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "narrow", "--models", "gpt-5-mini");
        var key = narrow["key"]!.GetValue<string>();
        await AscTestBed.EventuallyAsync(() => IsServedAsync("us", key, "gpt-5-mini"), 1);
        await AssertDeniedAsync("us", key, "gpt-5", "model_not_allowed");

        var rotated = await bed.AscJsonAsync("key", "rotate", narrow["id"]!.GetValue<string>(), "--overlap", "0s");
        await AscTestBed.EventuallyAsync(async () => await IsServedAsync("us", rotated["key"]!.GetValue<string>(), "gpt-5-mini") && !await IsServedAsync("us", key, "gpt-5-mini"), 1);
        await AssertDeniedAsync("us", rotated["key"]!.GetValue<string>(), "gpt-5", "model_not_allowed");
    }

    [Test]
    public async Task Every_request_is_one_event_and_explains_itself()
    {
        await AssertServedAsync(bed.RetailKey, "chat-default");
        await AssertDeniedAsync("us", bed.HealthKey, "chat-default", "residency_violation");
        await AssertDeniedAsync("eu", bed.HealthKey, "gpt-5", "model_not_allowed");

        var events = await bed.EventsAsync(4, "--type", "request");
        Assert.That(events.Select(e => (e["outcome"]!.GetValue<string>(), e["node"]!.GetValue<string>(), e["tenant"]!.GetValue<string>())), Is.EquivalentTo(new[]
        {
            ("ok", "eu-1", "acme/retail"), ("ok", "us-1", "acme/retail"), ("denied", "us-1", "acme/health"), ("denied", "eu-1", "acme/health"),
        }));
        var served = events.First(e => e["outcome"]!.GetValue<string>() == "ok");
        Assert.Multiple(() =>
        {
            Assert.That(served["credential"]!["name"]!.GetValue<string>(), Does.StartWith("openai-"));
            Assert.That(served["usage"]!["input"]!.GetValue<int>(), Is.GreaterThan(0));
            Assert.That(served["policyVersion"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(served["durationMs"]!.GetValue<double>(), Is.GreaterThan(0));
        });

        foreach (var e in events)
        {
            var explained = await bed.AscJsonAsync("explain", e["requestId"]!.GetValue<string>());
            Assert.That(explained["verdict"]!.GetValue<string>(), Is.EqualTo(e["outcome"]!.GetValue<string>() == "ok" ? "allow" : "deny"), AscTestBed.Json(explained));
            Assert.That(explained["code"]?.GetValue<string>(), Is.EqualTo(e["code"]?.GetValue<string>()));
        }
    }

    [Test]
    public async Task An_explanation_says_what_was_then_and_invents_nothing()
    {
        await bed.AscJsonAsync("tenant", "suspend", "acme", "-m", "incident");
        await AscTestBed.EventuallyAsync(async () => !await IsServedAsync("eu", bed.HealthKey, "chat-default"), 1);
        var suspended = (await bed.EventsAsync(1, "--type", "request", "--outcome", "denied"))[0]["requestId"]!.GetValue<string>();
        await bed.AscJsonAsync("tenant", "resume", "acme");
        Assert.That((await bed.AscJsonAsync("explain", suspended))["message"]!.GetValue<string>(), Does.Contain("suspended acme."));

        var doomed = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "doomed");
        await bed.AscJsonAsync("key", "revoke", doomed["id"]!.GetValue<string>());
        await AscTestBed.EventuallyAsync(async () => !await IsServedAsync("eu", doomed["key"]!.GetValue<string>(), "chat-default"), 1);
        var revoked = (await bed.EventsAsync(1, "--rule", "key_revoked"))[0]["requestId"]!.GetValue<string>();
        var explained = await bed.AscJsonAsync("explain", revoked);
        Assert.That(explained["code"]!.GetValue<string>(), Is.EqualTo("key_revoked"));
        Assert.That(explained["wouldPassIf"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_region_never_learns_of_a_tenant_that_it_may_not_serve()
    {
        await AssertDeniedAsync("us", bed.HealthKey, "chat-default", "residency_violation");

        foreach (var file in Directory.GetFiles(bed.Node("us").DataDirectory))
        {
            Assert.That(File.ReadAllText(file, System.Text.Encoding.Latin1), Does.Not.Contain("acme/health"), file);
        }

        Assert.That(File.ReadAllText(Directory.GetFiles(bed.Node("eu").DataDirectory, "policy.*")[0], System.Text.Encoding.Latin1), Does.Contain("acme/health"), "the check can fail");
    }

    [Test]
    public async Task Refusals_have_their_exit_status_and_one_line()
    {
        Assert.That((await bed.AscAsync("describe", "tenant", "nobody")).ExitCode, Is.EqualTo(4));
        Assert.That((await bed.AscAsync("explain", Guid.NewGuid().ToString())).ExitCode, Is.EqualTo(4));
        Assert.That((await bed.AscAsync("get", "nodes", "--token", "asca_" + new string('0', 64))).ExitCode, Is.EqualTo(5));
        Assert.That((await bed.AscAsync("get", "nodes", "--server", "http://127.0.0.1:9")).ExitCode, Is.EqualTo(3));
        Assert.That((await bed.AscAsync("get", "nodse")).ExitCode, Is.EqualTo(2));
        var refused = await bed.AscAsync("delete", "model", "gpt-5-mini");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Output + refused.Error, Does.Contain("chat-default"), "what still refers to it");
    }

    private async Task AssertTightAsync(string revoked)
    {
        await AssertDeniedAsync("us", revoked, "gpt-5-mini", "key_revoked");
        await AssertDeniedAsync("eu", bed.HealthKey, "chat-default", "tenant_suspended");
        await AssertDeniedAsync("us", bed.RetailKey, "gpt-5", "model_not_allowed");
    }

    private async Task ApplyRetailAsync(string models)
    {
        var file = Path.Combine(bed.Stack.Description.DataDir, "retail.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/retail }
            spec:
              models: { allow: {{models}} }
              residency: { allow: [eu, us] }
            """);
        await bed.AscJsonAsync("apply", "-f", file);
    }

    private async Task AssertServedAsync(string key, string model)
    {
        foreach (var region in new[] { "eu", "us" })
        {
            await bed.Client(region, key, model).CompleteChatAsync("Say hello");
        }
    }

    private async Task AssertDeniedAsync(string region, string key, string model, string code)
    {
        var before = bed.Simulator.Requests.Items.Count;
        try
        {
            await bed.Client(region, key, model).CompleteChatAsync("Say hello");
            Assert.Fail($"{model} was served in {region}");
        }
        catch (ClientResultException denied)
        {
            Assert.That(denied.Message, Does.Contain(code));
        }

        Assert.That(bed.Simulator.Requests.Items, Has.Count.EqualTo(before), "nothing was sent");
    }

    private async Task<bool> IsServedAsync(string region, string key, string model)
    {
        try
        {
            await bed.Client(region, key, model).CompleteChatAsync("Say hello");
            return true;
        }
        catch (ClientResultException)
        {
            return false;
        }
    }
}
