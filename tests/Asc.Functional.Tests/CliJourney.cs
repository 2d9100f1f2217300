namespace Asc.Functional.Tests;

/// <summary>What scripts and shells rely on.</summary>
public sealed class CliJourney
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [TestCase("asc describe tenant acme/h", "acme/health")]
    [TestCase("asc rollback ", "1")]
    [TestCase("asc model disable gpt", "gpt-5-mini")]
    [TestCase("asc get no", "nodes")]
    public async Task Completion_knows_live_names(string line, string expected)
    {
        var result = await bed.AscAsync($"[suggest:{line.Length}]", line);

        Assert.That(result.Output.Split('\n'), Does.Contain(expected), result.Error);
    }

    [TestCase("key --help")]
    [TestCase("key rotate --help")]
    [TestCase("rollback --help")]
    [TestCase("describe --help")]
    [TestCase("delete --help")]
    [TestCase("tenant suspend --help")]
    [TestCase("explain --help")]
    public async Task Help_knows_no_live_names(string line)
    {
        var result = await bed.AscAsync(line.Split(' '));
        var away = await bed.AscAsync([.. line.Split(' '), "--server", "http://127.0.0.1:1", "--token", "asca_x"]);

        Assert.That(result.Output, Does.StartWith("Description:").And.EqualTo(away.Output));
        Assert.That(result.Output, Does.Not.Contain("k_").And.Not.Contain("<1>").And.Not.Contain("<acme").And.Not.Contain("<gpt").And.Not.Contain("<openai"));
    }

    [TestCase("get", "tenants")]
    [TestCase("get", "providers")]
    [TestCase("get", "models")]
    [TestCase("get", "routes")]
    [TestCase("get", "keys")]
    [TestCase("get", "nodes")]
    [TestCase("versions")]
    public async Task Every_list_has_items_and_next(params string[] command)
    {
        var list = await bed.AscJsonAsync(command);

        Assert.That(list["items"]!.AsArray(), Is.Not.Empty);
        Assert.That(list.AsObject().ContainsKey("next"), Is.True);
        var yaml = await bed.AscAsync([.. command, "-o", "yaml"]);
        Assert.That(yaml.Output, Does.StartWith("items:"));
        var table = await bed.AscAsync(command);
        Assert.That(table.Output, Does.Not.Contain("\u001b"), "a pipe gets plain text");
    }

    [Test]
    public async Task An_error_as_JSON_goes_to_standard_error_with_a_correlation_id()
    {
        var result = await bed.AscAsync("describe", "tenant", "nobody", "-o", "json");

        Assert.That(result.Output, Is.Empty);
        var error = System.Text.Json.Nodes.JsonNode.Parse(result.Error)!["error"]!;
        Assert.That(error["code"]!.GetValue<string>(), Is.EqualTo("not_found"));
        Assert.That(error["correlationId"]!.GetValue<string>(), Is.Not.Empty);
    }

    [Test]
    public async Task A_token_never_leaves_this_machine_unasked_or_in_the_clear()
    {
        Assert.That((await bed.AscAsync("get", "nodes", "--server", "https://192.0.2.1:8443")).Error, Does.Contain("no_token"));
        Assert.That((await bed.AscAsync("get", "nodes", "--server", "http://192.0.2.1:8443", "--token", "asca_x")).Error, Does.Contain("insecure_server"));
    }

    [Test]
    public async Task A_context_is_saved_and_used()
    {
        var token = (await bed.AscJsonAsync("token", "create", "--name", "ops"))["token"]!.GetValue<string>();
        Assert.That((await bed.AscAsync("context", "set", "here", "--server", bed.Stack.ControlPlane.Address.ToString(), "--token", token)).ExitCode, Is.Zero);

        Assert.That((await bed.AscJsonAsync("context", "list"))["items"]!.AsArray().Single()!["current"]!.GetValue<bool>(), Is.True);
        Assert.That((await bed.AscAsync("get", "nodes", "--context", "here")).ExitCode, Is.Zero);
        Assert.That((await bed.AscAsync("get", "nodes", "--context", "elsewhere")).ExitCode, Is.EqualTo(4));
    }
}
