using System.CommandLine.Invocation;
using Asc.Cli;
using Asc.Cli.Commands;
using Asc.Cli.Output;

var parsed = AscCommand.Create().Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
{
    new Printer(CommandRunner.FormatOf(parsed), Console.Out, Console.Error).Fail(UsageErrors.Of(parsed));
    return ExitCode.Usage;
}

return await parsed.InvokeAsync();
