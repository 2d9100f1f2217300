using System.CommandLine;
using System.Diagnostics;

namespace Asc.Cli.Commands;

/// <summary>Starts Asc.Dev, which is installed beside the CLI: the CLI itself stays small.</summary>
internal static class DevCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Command("dev", "Starts everything on this machine (the program asc-dev beside this one)") { TreatUnmatchedTokensAsErrors = false };
        runner.Local(command, async (parsed, _, _) =>
        {
            var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "asc-dev.exe" : "asc-dev");
            if (!File.Exists(program))
            {
                throw new CliException(ExitCode.NotFound, "not_installed", $"{program} is not there.", "Install it beside asc, or run controlplane/Asc.Dev from the source.");
            }

            using var process = Process.Start(new ProcessStartInfo(program, parsed.UnmatchedTokens))!;
            // Ctrl-C reaches both; the program ends by itself.
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode;
        });
        return command;
    }
}
