using System.CommandLine;

namespace Asc.Cli.Commands;

internal static class ValidateCommand
{
    public static Command Create(CommandRunner runner)
    {
        var file = PolicyFileOption.Create();
        var command = new Command("validate", "Checks policy files, offline; tells all errors at once") { file };
        runner.Local(command, (parsed, printer, _) =>
        {
            var problems = PolicyFileOption.Read(parsed.GetValue(file)!).Validate();
            PolicyFileOption.PrintProblems(printer, problems);
            return Task.FromResult(PolicyFileOption.HasErrors(problems) ? ExitCode.Refused : ExitCode.Done);
        });
        return command;
    }
}
