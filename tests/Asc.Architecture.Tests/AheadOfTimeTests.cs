using System.Diagnostics;

namespace Asc.Architecture.Tests;

/// <summary>The CLI needs no runtime and starts before anyone waits. Building it takes a minute: with --long only.</summary>
internal sealed class AheadOfTimeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    [Test]
    public async Task The_CLI_builds_ahead_of_time_without_a_warning_and_starts_at_once()
    {
        if (Environment.GetEnvironmentVariable("ASC_TEST_LONG") != "1")
        {
            Assert.Ignore("Builds the CLI ahead of time, about a minute: tests/run --long.");
        }

        var folder = Directory.CreateTempSubdirectory("asc-cli-").FullName;
        try
        {
            var (code, output) = await RunAsync("dotnet",
                "publish", Path.Combine(SourceTree.Root, "controlplane", "Asc.Cli"), "-c", "Release", "--use-current-runtime", "-m:1", "--nologo",
                "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "out"));
            Assert.That(code, Is.Zero, output);
            Assert.That(output, Does.Not.Match("(?i)warning [A-Z]+[0-9]+"));

            var program = Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "asc.exe" : "asc");
            var starts = new List<TimeSpan>();
            for (var i = 0; i < 10; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var (status, version) = await RunAsync(program, "--version");
                starts.Add(Stopwatch.GetElapsedTime(started));
                Assert.That(status, Is.Zero, version);
                Assert.That(version, Does.Match("[0-9]+\\.[0-9]+\\.[0-9]+"));
            }

            starts.Sort();
            TestContext.Out.WriteLine($"Median start: {starts[5].TotalMilliseconds:F1} ms; {new FileInfo(program).Length / 1_000_000.0:F1} MB.");
            Assert.That(starts[5], Is.LessThan(Bound));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
