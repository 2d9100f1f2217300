namespace Asc.Functional.Tests;

/// <summary>What admins read before they act: by the real CLI, of the sample organisation.</summary>
internal sealed class CliReadTests
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await bed.DisposeAsync();

    [Test]
    public async Task What_a_list_counts_is_named() =>
        Assert.That((await bed.AscAsync("get", "tenants")).Output, Does.Contain("limits requestsPerMinute 6000 tokensPerMinute 20000000 concurrentRequests 500"));

    [Test]
    public async Task A_key_is_described_asked_about_and_completed_by_its_id()
    {
        var created = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "nightly", "--models", "gpt-5-mini", "--tag", "bu=x", "--requests-per-minute", "60");
        var id = created["id"]!.GetValue<string>();

        var described = (await bed.AscAsync("describe", "key", id)).Output;
        Assert.That(described, Does.StartWith($"{id}, \"nightly\" of acme/retail, active\n"));
        Assert.That(described, Does.Match(@"\nmodels +gpt-5-mini *\n").And.Match(@"\ntags +bu=x *\n").And.Match(@"\nworkloads +all that its tenant takes *\n").And.Match(@"\nrequestsPerMinute +60 *\n").And.Not.Contain("tokensPerMinute"), described);
        Assert.That((await bed.AscJsonAsync("describe", "key", id))["limits"]!["requestsPerMinute"]!.GetValue<int>(), Is.EqualTo(60));
        Assert.That((await bed.AscAsync("describe", "key", "k_none")).ExitCode, Is.EqualTo(4));

        var denied = await bed.AscJsonAsync("explain", "--key", id, "--model", "gpt-5");
        Assert.That((denied["code"]!.GetValue<string>(), denied["rule"]!.GetValue<string>()), Is.EqualTo(("model_not_allowed", "key.models")));
        Assert.That((await bed.AscJsonAsync("explain", "--tenant", "acme/retail", "--model", "gpt-5"))["verdict"]!.GetValue<string>(), Is.EqualTo("allow"));
        foreach (var line in new[] { $"asc explain --key {id[..^2]}", $"asc describe key {id[..^2]}" })
        {
            Assert.That((await bed.AscAsync($"[suggest:{line.Length}]", line)).Output.Split('\n'), Has.Member(id), line);
        }
    }

    [Test]
    public async Task What_is_effective_for_a_tenant_comes_first_and_who_declares_what_then()
    {
        var lines = (await bed.AscAsync("describe", "tenant", "acme/health")).Output.Split('\n');
        var (effective, declared) = (Array.FindIndex(lines, line => line.StartsWith("EFFECTIVE RULE", StringComparison.OrdinalIgnoreCase)), Array.FindIndex(lines, line => line.StartsWith("DECLARED RULE", StringComparison.OrdinalIgnoreCase)));
        Assert.That(effective, Is.GreaterThan(0).And.LessThan(declared), string.Join('\n', lines));
        var told = lines[effective..declared];
        Assert.That(told, Has.One.Match(@"^models\.allow +chat-default, gpt-5-mini, mistral-small-2603 +acme/health *$").And.One.Match(@"^residency\.allow +eu +acme/health *$"));
        Assert.That(lines[declared..].Count(line => line.StartsWith("residency.allow", StringComparison.Ordinal)), Is.EqualTo(2));
    }
}
