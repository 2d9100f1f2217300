using System.Text.Json.Nodes;

namespace Asc.Functional.Tests;

/// <summary>The draft is changed by parts, and by several people.</summary>
public sealed class CliDraftTests
{
    private const string Retail = """
        apiVersion: asc/v1
        kind: Tenant
        metadata: { path: acme/retail }
        spec:
          models: { allow: [chat-default, gpt-5] }
          residency: { allow: [eu, us] }

        """;

    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task Of_a_part_that_can_not_be_read_apply_tells_that_and_nothing_it_can_not_know()
    {
        var result = await bed.AscAsync("apply", "-f", Written(Retail.Replace("residency", "residancy", StringComparison.Ordinal)), "-o", "json");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(JsonNode.Parse(result.Output)!["errors"]!.AsArray().Select(error => error!["code"]!.GetValue<string>()), Is.EqualTo(new[] { "unknown_field" }));
    }

    [Test]
    public async Task What_can_not_be_read_and_what_can_not_be_meant_is_told_at_once()
    {
        var result = await bed.AscAsync("apply", "-f", Written($$"""
            {{Retail.Replace("residency", "residancy", StringComparison.Ordinal)}}
            ---
            apiVersion: asc/v1
            kind: Route
            metadata: { name: gpt-odd }
            spec:
              strategy: weighted
              targets: [ { model: gpt-5, weight: 0 }, { model: gpt-5-mini, weight: many } ]
            """), "-o", "json");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(
            JsonNode.Parse(result.Output)!["errors"]!.AsArray().Select(error => (error!["path"]!.GetValue<string>(), error["code"]!.GetValue<string>())),
            Is.EqualTo(new[] { ("spec.residancy", "unknown_field"), ("spec.targets[0].weight", "out_of_range"), ("spec.targets[1].weight", "invalid_value") }));
        Assert.That((await bed.AscAsync("describe", "route", "gpt-odd", "--draft")).ExitCode, Is.EqualTo(4), "nothing of it is in the draft");
    }

    [Test]
    public async Task A_route_s_conditions_are_no_reason_to_drop_anything_and_long_names_stand_in_lines_of_their_own()
    {
        const string Long = "acme/subsidiary-for-international-mail-orders-and-returns";
        await bed.AscJsonAsync("apply", "-f", Written($$"""
            apiVersion: asc/v1
            kind: Route
            metadata: { name: gpt-nightly }
            spec:
              targets: [ { model: gpt-5, when: { workload: [batch] } }, { model: gpt-5-mini } ]
            ---
            {{Retail.Replace("acme/retail", Long, StringComparison.Ordinal).Replace("gpt-5", "gpt-nightly", StringComparison.Ordinal)}}
            """));
        try
        {
            Assert.That((await bed.AscAsync("describe", "tenant", Long, "--draft")).Output, Does.Contain("us: conditional, taken only when workload batch"));
            var lines = (await bed.AscAsync("explain", "--tenant", Long, "--model", "chat-default", "--draft")).Output.Split('\n');
            Assert.That(lines, Has.Some.Match($"^ +{Long}: chat-default, gpt-nightly$").And.Some.Match($"^ +this rule: {Long}, draft, .*:\\d+$"));
        }
        finally
        {
            await bed.AscJsonAsync("delete", "tenant", Long);
            await bed.AscJsonAsync("delete", "route", "gpt-nightly");
        }
    }

    [Test]
    public async Task Who_expects_a_revision_overwrites_nobody()
    {
        var part = Written(Retail);
        var seen = (await DiffAsync())["revision"]!.ToString();
        var applied = await bed.AscJsonAsync("apply", "-f", part, "--expect", seen);
        var newer = applied["revision"]!.ToString();
        Assert.That(newer, Is.Not.EqualTo(seen));
        Assert.That((await DiffAsync())["revision"]!.ToString(), Is.EqualTo(newer));
        Assert.That((await bed.AscAsync("diff", "--from", "1", "--to", "1")).Error, Does.Not.Contain("revision"));

        foreach (var command in new[] { new[] { "apply", "-f", part }, ["apply", "-f", part, "--dry-run"], ["delete", "tenant", "acme/retail"] })
        {
            var late = await bed.AscAsync([.. command, "--expect", seen]);

            Assert.That((late.ExitCode, late.Output), Is.EqualTo((1, "")));
            Assert.That(late.Error, Does.StartWith($"asc: conflict: The draft is at revision {newer}, not {seen}. Look at what changed (asc diff), then repeat the command."));
        }

        await bed.AscJsonAsync("apply", "-f", Written(Retail.Replace("acme/retail", "acme/trial", StringComparison.Ordinal)));
        var current = (await DiffAsync())["revision"]!.ToString();
        var deleted = await bed.AscJsonAsync("delete", "tenant", "acme/trial", "--expect", current);
        Assert.That((deleted["op"]!.ToString(), deleted["revision"]!.ToString()), Is.EqualTo(("remove", (await DiffAsync())["revision"]!.ToString())));
    }

    [Test]
    public async Task A_tenant_that_is_not_published_is_said_to_be_in_the_draft_only_where_it_is()
    {
        Assert.That((await bed.AscAsync("describe", "tenant", "acme/nope")).Error, Does.Contain("There is no tenant \"acme/nope\" in version 1. asc get tenants lists them."));

        await bed.AscJsonAsync("apply", "-f", Written(Retail.Replace("acme/retail", "acme/new", StringComparison.Ordinal)));

        Assert.That((await bed.AscAsync("describe", "tenant", "acme/new")).Error, Does.Contain("It is in the draft: publish it first, or look at it there with --draft."));
        Assert.That((await bed.AscAsync("describe", "tenant", "acme/new", "--draft")).Output, Does.StartWith("acme/new, draft, 0 active keys"));
        Assert.That((await bed.AscAsync("describe", "tenant", "acme/health")).Output, Does.StartWith("acme/health, policy version 1, 1 active key\n"));
    }

    [Test]
    public async Task A_key_that_would_be_over_already_is_refused_with_the_instant()
    {
        var result = await bed.AscAsync("key", "create", "--tenant", "acme/retail", "--name", "old", "--expires", "2020-01-01");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.Contain("The key would have expired at 2020-01-01T00:00:00.000Z already."));
    }

    [Test]
    public async Task A_key_for_a_model_that_nobody_knows_is_made_with_a_warning()
    {
        string[] create = ["key", "create", "--tenant", "acme/retail", "--name", "ci", "--models"];
        var result = await bed.AscAsync([.. create, "gpt-5,gpt-*,chat-default,zzz,gpt5,zz*"]);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Error.Split('\n')[..3], Is.EqualTo(new[]
        {
            "warning: \"zzz\" matches no Model and no Route: the key may use it once it is defined",
            "warning: \"gpt5\" matches no Model and no Route: did you mean \"gpt-5\"?",
            "warning: \"zz*\" matches no Model and no Route: the key may use it once it is defined",
        }));
        Assert.That(result.Output, Does.StartWith("asc_").And.Not.Contain("warning"));
        Assert.That((await bed.AscJsonAsync([.. create, "zzz"]))["warnings"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await bed.AscJsonAsync([.. create, "gpt-5"]))["warnings"]!.AsArray(), Is.Empty);
    }

    // Exit status 1 is no failure of diff.
    private async Task<JsonNode> DiffAsync() => JsonNode.Parse((await bed.AscAsync("diff", "-o", "json")).Output)!;

    private static string Written(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "part.yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
