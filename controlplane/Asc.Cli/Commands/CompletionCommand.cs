using System.CommandLine;

namespace Asc.Cli.Commands;

/// <summary>Scripts that ask <c>asc "[suggest:POSITION]" LINE</c> while people type.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _asc() { local IFS=$'\n'; COMPREPLY=($(asc "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)); }
        complete -o default -F _asc asc
        """;

    private const string Zsh = """
        #compdef asc
        _asc() { compadd -- ${(f)"$(asc "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"} }
        compdef _asc asc
        """;

    private const string Fish = """
        complete -c asc -f -a '(asc "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName asc -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            asc "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create(CommandRunner runner)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Prints a completion script: source it from the shell's start-up file") { shell };
        runner.Local(command, (parsed, printer, _) =>
        {
            printer.Line(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh });
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
