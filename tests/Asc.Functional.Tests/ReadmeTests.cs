using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Asc.Functional.Tests;

/// <summary>What the README tells people to type is typed here, against the real thing.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Root = FindRoot();

    [Test]
    public async Task The_tours_commands_do_what_the_tour_says()
    {
        await using var bed = await AscTestBed.StartAsync();
        var commands = string.Join("\n", ShellBlocks().Matches(await File.ReadAllTextAsync(Path.Combine(Root, "README.md"))).Select(match => match.Groups[1].Value));
        // Ports and folders of this run in place of Asc.Dev's defaults; nothing else is changed.
        commands = commands
            .Replace("$PWD/artifacts/bin/Asc.Cli/debug", Path.GetDirectoryName(bed.Stack.Description.Cli), StringComparison.Ordinal)
            .Replace(".asc/dev.json", Path.Combine(bed.Stack.Description.DataDir, "dev.json"), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5110", bed.Node("eu").Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5190", bed.Simulator.BaseAddress.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5120", bed.Node("us").Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        Assert.That(commands, Does.Contain("asc publish").And.Contain("asc rollback").And.Contain("asc explain"));

        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = bed.Stack.Description.DataDir };
        start.Environment["ASC_DEV"] = Path.Combine(bed.Stack.Description.DataDir, "dev.json");
        start.Environment["ASC_CONFIG_DIR"] = bed.Stack.Description.DataDir;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.Zero, await error + output);
        string[] told = ["HTTP/1.1 200 OK", "\"type\":\"message\"", "\"object\":\"list\"", "residency_violation", "model_not_allowed", "would pass if", "acme/retail loses gpt-5-mini", "against the draft", "version 2", "version 3", "asc_", "tenant_suspended", "x-asc-region: us", "openai-eu failed (500)", "models.allow"];
        var from = 0;
        foreach (var text in told)
        {
            from = output.IndexOf(text, from, StringComparison.Ordinal);
            Assert.That(from, Is.GreaterThanOrEqualTo(0), $"\"{text}\" in its turn, in:\n{output}");
        }
    }

    [Test]
    public void What_is_not_supported_yet_is_in_the_documents()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "policy.md"));
        foreach (var field in PolicyFiles.NotSupportedYet.Fields)
        {
            Assert.That(text, Does.Contain($"`{field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..]}`"), field);
        }

        foreach (var value in PolicyFiles.NotSupportedYet.Values.Select(value => value.Split('=')[1]).Concat(PolicyFiles.NotSupportedYet.Kinds))
        {
            Assert.That(text, Does.Contain($"`{value}`"), value);
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlocks();

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Asc.sln")))
        {
            at = at.Parent!;
        }

        return at.FullName;
    }
}
