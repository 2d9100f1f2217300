using System.Net.Http.Json;

namespace Asc.Functional.Tests;

/// <summary>An explanation as people read it: whoever sees it for the first time finds what was decided, by what, and what to do.</summary>
internal sealed class ExplainJourney
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await bed.DisposeAsync();

    [Test]
    public async Task A_denial_is_told_from_the_verdict_to_the_line_of_the_file()
    {
        var result = await bed.AscAsync("explain", "--tenant", "acme/health", "--model", "gpt-5");
        var lines = result.Output.Split('\n');
        Assert.That(lines[0], Is.EqualTo("DENY model_not_allowed, by policy version 1"), result.Output + result.Error);
        Assert.That(lines[1], Is.EqualTo("acme/health may not use \"gpt-5\": models.allow of acme/health does not include it. Allowed here: chat-default, gpt-5-mini, mistral-small-2603."));
        Assert.That(result.Output, Does.Contain("  pass  model.defined: is there a model or route of this name?\n        model: gpt-5\n"));

        var failed = Array.IndexOf(lines, "  FAIL  models.allow: may the tenant ask for it?");
        Assert.That(lines[failed + 2], Is.EqualTo("        acme/health: chat-default, gpt-5-mini, mistral-small-2603"), result.Output);
        Assert.That(lines[failed + 3], Does.Match(@"^        this rule: acme/health, policy v1, Asc\.Dev/SamplePolicy\.yaml:\d+$"));
        var line = int.Parse(lines[failed + 3].Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That((await SamplePolicyAsync())[line - 1], Is.EqualTo("  models: { allow: [chat-default, gpt-5-mini, mistral-small-2603] }"));

        Assert.That(result.Output, Does.Contain("  drop  gpt-5-2025-08-07 of openai-us in us (model gpt-5)\n        residency.allow: processes in us; residency.allow of acme/health permits eu\n"));
        Assert.That(result.Output, Does.Contain("would pass if all of this were so\n  1.  models.allow of acme/health includes gpt-5\n"));
        Assert.That(result.Output, Does.Not.Contain('\u001b').And.Not.Contain(" \n"), "a pipe gets plain text");
    }

    [Test]
    public async Task Candidates_are_numbered_as_they_are_asked()
    {
        var result = await bed.AscAsync("explain", "--tenant", "acme/retail", "--model", "chat-default");
        Assert.That(result.Output, Does.StartWith("ALLOW, by policy version 1\n"));
        Assert.That(result.Output, Does.Contain(
            "candidates, in the order in which they are asked (priority: as written)\n"
            + "  1.  gpt-5-mini-2025-08-07 of openai-eu in eu (model gpt-5-mini)\n"
            + "  2.  gpt-5-mini-2025-08-07 of openai-us in us (model gpt-5-mini)\n"
            + "  3.  gpt-5-2025-08-07 of openai-us in us (model gpt-5)\n"));
        Assert.That(result.Output, Does.Not.Contain("what happened").And.Not.Contain("would pass"));
    }

    [Test]
    public async Task A_request_that_was_served_elsewhere_than_first_asked_tells_each_call()
    {
        using var client = new HttpClient();
        var faults = new Uri(new Uri(bed.Stack.Description.Simulator!), "_sim/faults");
        (await client.PutAsJsonAsync(faults, new[] { new { match = new { region = "eu", protocol = "openai", model = "*" }, fault = "status", status = 503, count = 10 } })).EnsureSuccessStatusCode();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node("eu").Url, "/v1/chat/completions"))
        {
            Headers = { { "authorization", $"Bearer {bed.RetailKey}" } },
            Content = JsonContent.Create(new { model = "gpt-5-mini", messages = new[] { new { role = "user", content = "Hello" } } }),
        };
        using var answer = await client.SendAsync(request);
        await client.DeleteAsync(faults);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        var id = answer.Headers.GetValues("x-asc-request-id").Single();
        await bed.EventsAsync(1, "--request", id);

        var told = (await bed.AscAsync("explain", id)).Output;
        Assert.That(told, Does.Contain("In the end gpt-5-mini-2025-08-07 of openai-us in us served it."));
        Assert.That(told, Does.Match(
            @"what happened\n\s+eu-1 received request " + id + @" at \S+\n"
            + @"(  failed  gpt-5-mini-2025-08-07 of openai-eu in eu \(model gpt-5-mini\)\n          provider_error: it answered 503; the request was sent; began after \S+ ms, took \S+ ms\n)+"
            + @"  served  gpt-5-mini-2025-08-07 of openai-us in us \(model gpt-5-mini\)\n          it answered; the request was sent; began after \S+ ms, took \S+ ms\n"
            + @"\s+tokens: \d+ in, \d+ out\n\s+the client was answered 200 after \S+ ms"));
        var execution = (await bed.AscJsonAsync("explain", id))["execution"]!;
        Assert.That(execution["calls"]!.AsArray().Select(call => call!["region"]!.GetValue<string>()).Distinct(), Is.EqualTo(new[] { "eu", "us" }));
    }

    [Test]
    public async Task What_a_translated_request_was_served_without_is_told()
    {
        using var client = new HttpClient();
        var hello = new { type = "text", text = "Hello", cache_control = new { type = "ephemeral" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node("eu").Url, "/v1/messages"))
        {
            Headers = { { "x-api-key", bed.RetailKey }, { "anthropic-version", "2023-06-01" } },
            Content = JsonContent.Create(new { model = "gpt-5-mini", max_tokens = 64, messages = new[] { new { role = "user", content = new[] { hello } } } }),
        };
        using var answer = await client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        var id = answer.Headers.GetValues("x-asc-request-id").Single();
        await bed.EventsAsync(1, "--request", id);

        Assert.That((await bed.AscAsync("explain", id)).Output, Does.Contain("the provider was asked without cache-breakpoints"));
        Assert.That((await bed.AscJsonAsync("explain", id))["execution"]!["dropped"]!.AsArray().Single()!.GetValue<string>(), Is.EqualTo("cache-breakpoints"));
    }

    [Test]
    public async Task What_is_applied_from_a_file_is_told_with_its_line()
    {
        var folder = Directory.CreateDirectory(Path.Combine(bed.Stack.Description.DataDir, "policies")).FullName;
        var file = Path.Combine(folder, "lab.yaml");
        await File.WriteAllTextAsync(file, """
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/lab }
            spec:
              models:
                allow: [gpt-5-mini]
              tags: { require: [bu] }
            """);
        Assert.That((await bed.AscAsync("apply", "-f", file)).ExitCode, Is.Zero);

        var told = (await bed.AscAsync("explain", "--tenant", "acme/lab", "--model", "gpt-5-mini", "--draft")).Output;
        Assert.That(told, Does.Contain("this rule: acme/lab, draft, policies/lab.yaml:7\n"), "of an absolute path the end");
        Assert.That(told, Does.Not.Contain(folder));
        var described = await bed.AscJsonAsync("describe", "tenant", "acme/lab", "--draft");
        var rule = described["rules"]!.AsArray().Single(rule => rule!["origin"]!.GetValue<string>() == "acme/lab" && rule["rule"]!.GetValue<string>() == "models.allow")!;
        Assert.That((rule["source"]!["file"]!.GetValue<string>(), rule["source"]!["line"]!.GetValue<int>()), Is.EqualTo(("policies/lab.yaml", 6)));
    }

    private static async Task<string[]> SamplePolicyAsync()
    {
        using var reader = new StreamReader(typeof(Dev.DevStack).Assembly.GetManifestResourceStream("SamplePolicy.yaml")!);
        return (await reader.ReadToEndAsync()).Split('\n');
    }
}
