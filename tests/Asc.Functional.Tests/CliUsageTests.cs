using System.Text.Json.Nodes;

namespace Asc.Functional.Tests;

/// <summary>Wrong usage is told in one line, with what was probably meant; scripts get it as JSON.</summary>
public sealed class CliUsageTests
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [TestCase("bogus", "There is no command \"asc bogus\". \"asc --help\" lists them.")]
    [TestCase("valdate", "There is no command \"asc valdate\". Did you mean \"asc validate\"?")]
    [TestCase("get nods", "There is no command \"asc get nods\". Did you mean \"asc get nodes\"?")]
    [TestCase("get nodes --servr x", "\"asc get nodes\" has no option --servr. Did you mean --server?")]
    [TestCase("key create --tenat=x", "\"asc key create\" has no option --tenat. Did you mean --tenant?")]
    [TestCase("versions extra more", "\"asc versions\" takes no \"extra\". \"asc versions --help\" shows what it takes.")]
    [TestCase("", "A command is missing. \"asc --help\" lists them.")]
    [TestCase("key", "A command is missing after \"asc key\": create, rotate, revoke.")]
    [TestCase("validate", "Option '--file' is required. \"asc validate --help\" shows what it takes.")]
    [TestCase("key create", "Option '--tenant' is required. Option '--name' is required.")]
    [TestCase("publish -m", "Required argument missing for option: '-m'.")]
    [TestCase("diff --from abc", "--from can't be \"abc\".")]
    [TestCase("key create --tenant acme/retail --name ci --models ,", "--models names no model: leave it out for a key that may use all that its tenant may.")]
    [TestCase("key create --tenant acme/retail --name ci --tag bu", "--tag can't be \"bu\": write key=value.")]
    [TestCase("key create --tenant acme/retail --name ci --tag bu=a --tag bu=b", "--tag bu is given twice.")]
    [TestCase("key create --tenant acme/retail --name ci --workload ,", "--workload names nothing: leave it out.")]
    [TestCase("explain --tenant acme --model gpt-5 --workload a,b", "--workload is one of them.")]
    [TestCase("explain --tenant acme --model gpt-5 --tag bu=a,env", "--tag can't be \"env\": write key=value.")]
    [TestCase("explain --tenant acme --model gpt-5 --tag bu=a,bu=b", "--tag bu is given twice.")]
    [TestCase("explain --tenant acme --model gpt-5 --uses sight", "--uses can't be \"sight\": write one of chat, embeddings, fim, tools, vision, json-schema, streaming.")]
    [TestCase("explain --tenant acme --model gpt-5 --prompt-tokens 0", "--prompt-tokens is at least 1.")]
    [TestCase("explain --tenant acme --model gpt-5 --max-tokens many", "--max-tokens can't be \"many\".")]
    [TestCase("apply -f x.yaml --dryrun", "\"asc apply\" has no option --dryrun. Did you mean --dry-run?")]
    [TestCase("validate -f x.yaml --bogus", "\"asc validate\" has no option --bogus. \"asc validate --help\" shows what it takes.")]
    [TestCase("key create --tenant acme/retail --name ci --models gpt-5 --expire 1h", "\"asc key create\" has no option --expire. Did you mean --expires?")]
    [TestCase("version show abc", "V can't be \"abc\". \"asc version show --help\" shows what it takes.")]
    [TestCase("publish -m why --timeout banana", "--timeout can't be \"banana\": write e.g. 30s or 10m.")]
    [TestCase("rollback 1 -m why --timeout 999999999999999d", "--timeout can't be \"999999999999999d\": write e.g. 30s or 10m.")]
    [TestCase("events --limit 0", "--limit is at least 1.")]
    [TestCase("events --type bogus", "--type can't be \"bogus\": write one of request, policy, key, node, budget, breaker, drift, residency, admin.")]
    [TestCase("events --outcome bogus", "--outcome can't be \"bogus\": write one of ok, denied, failed, aborted.")]
    [TestCase("get nodes -o xml", "-o takes table, json or yaml.")]
    public async Task Wrong_usage_is_one_line_on_standard_error_and_exit_2(string line, string expected)
    {
        var result = await bed.AscAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.StartWith("asc: usage: " + expected).And.EndsWith("\n"));
        Assert.That(result.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
    }

    [TestCase("bogus -o json")]
    [TestCase("-o json valdate")]
    [TestCase("publish --output=json")]
    [TestCase("explain -o json --tenant acme")]
    public async Task As_JSON_it_is_an_error_as_any_other(string line)
    {
        var result = await bed.AscAsync(line.Split(' '));

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        var error = JsonNode.Parse(result.Error)!["error"]!;
        Assert.Multiple(() =>
        {
            Assert.That(error["code"]!.GetValue<string>(), Is.EqualTo("usage"));
            Assert.That(error["message"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(error["fix"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(error["correlationId"]!.GetValue<string>(), Is.Empty, "nothing was asked of the control plane");
        });
    }

    [Test]
    public async Task A_file_that_is_not_there_has_no_line()
    {
        var result = await bed.AscAsync("validate", "-f", "nope.yaml");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith("nope.yaml: error: there is no file or folder nope.yaml [unreadable]").And.Not.Contain(":0"));
    }

    [Test]
    public async Task A_region_that_nobody_knows_is_not_found_and_not_a_denial()
    {
        var result = await bed.AscAsync("explain", "--tenant", "acme/retail", "--model", "gpt-5", "--region", "uss");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((4, "")));
        Assert.That(result.Error, Does.Contain("no node, provider, model or tenant knows a region \"uss\"").IgnoreCase.And.Contain("Did you mean \"us\"?"));
    }
}
