using System.CommandLine;
using System.CommandLine.Invocation;
using Asc.Cli;
using Asc.Cli.Commands;

var parsed = AscCommand.Create().Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction wrong)
{
    wrong.ShowHelp = false;
    wrong.ShowTypoCorrections = true;
    await parsed.InvokeAsync(new InvocationConfiguration { Output = Console.Error });
    return ExitCode.Usage;
}

return await parsed.InvokeAsync();
