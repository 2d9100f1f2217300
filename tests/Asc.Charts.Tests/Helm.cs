using System.Diagnostics;

namespace Asc.Charts.Tests;

/// <summary>The real Helm, with a home of its own so that nobody's settings count.</summary>
internal static class Helm
{
    private static readonly string Program = Repository.Path(".tools", "helm", "helm");

    /// <summary>Skips the test, and says why, where there is no Helm.</summary>
    public static void Require()
    {
        if (!File.Exists(Program))
        {
            Assert.Ignore($"No Helm at {Program}: tests/tools installs it, from npm.");
        }
    }

    public static async Task<HelmResult> RunAsync(params string[] arguments)
    {
        Require();
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = Repository.Path("charts"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Directory.CreateTempSubdirectory("asc-helm-").FullName;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("HELM_", StringComparison.Ordinal) || name.StartsWith("XDG_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new HelmResult(process.ExitCode, await output, await error);
        }
        finally
        {
            Directory.Delete(start.Environment["HOME"]!, recursive: true);
        }
    }
}

internal sealed record HelmResult(int ExitCode, string Output, string Error);
