using System.CommandLine;
using System.CommandLine.Parsing;
using Asc.Policy.Validation;

namespace Asc.Cli;

/// <summary>What is wrong with a command line, in one sentence and with what was probably meant.</summary>
internal static class UsageErrors
{
    private const string Code = "usage";

    /// <param name="parsed">A command line with errors.</param>
    public static CliException Of(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        return (SeveralValues.SwallowedBy(command) ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null)) is { } unknown
            ? Unknown(command, unknown)
            : command.Command is { Subcommands: { Count: > 0 } subcommands, Action: null }
                ? new(ExitCode.Usage, Code, command.Parent is null ? "A command is missing." : Missing(command, subcommands), Help(command, "lists them"))
                : new(ExitCode.Usage, Code, string.Join(' ', parsed.Errors.Select(Sentence).Distinct()), Help(command, "shows what it takes"));
    }

    private static CliException Unknown(CommandResult command, string token)
    {
        if (token.StartsWith('-'))
        {
            var name = token.Split('=', ':')[0];
            var near = Suggestion.For(name, OptionsOf(command));
            return new(ExitCode.Usage, Code, $"\"{PathOf(command)}\" has no option {name}.", near is null ? Help(command, "shows what it takes") : $"Did you mean {near}?");
        }

        if (command.Command.Subcommands.Count > 0)
        {
            var near = Suggestion.For(token, command.Command.Subcommands.Select(subcommand => subcommand.Name));
            return new(ExitCode.Usage, Code, $"There is no command \"{PathOf(command)} {token}\".", near is null ? Help(command, "lists them") : $"Did you mean \"{PathOf(command)} {near}\"?");
        }

        return new(ExitCode.Usage, Code, $"\"{PathOf(command)}\" takes no \"{token}\".", Help(command, "shows what it takes"));
    }

    private static string Missing(CommandResult command, IList<Command> subcommands) =>
        $"A command is missing after \"{PathOf(command)}\": {string.Join(", ", subcommands.Select(subcommand => subcommand.Name))}.";

    // The parser names a .NET type, which is nothing to whoever types.
    private static string Sentence(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [var value] } option when error.Message.Contains("System.", StringComparison.Ordinal) => $"{option.Option.Name} can't be \"{value.Value}\".",
        ArgumentResult { Parent: OptionResult { Tokens: [var value] } option } when error.Message.Contains("System.", StringComparison.Ordinal) => $"{option.Option.Name} can't be \"{value.Value}\".",
        ArgumentResult { Parent: CommandResult, Tokens: [var value] } argument when error.Message.Contains("System.", StringComparison.Ordinal) => $"{argument.Argument.Name} can't be \"{value.Value}\".",
        _ => error.Message.EndsWith('.') ? error.Message : error.Message + ".",
    };

    private static IEnumerable<string> OptionsOf(CommandResult command) =>
        command.Command.Options.Concat(AncestorsOf(command).SelectMany(ancestor => ancestor.Command.Options).Where(option => option.Recursive))
            .Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Append(option.Name));

    private static IEnumerable<CommandResult> AncestorsOf(CommandResult command)
    {
        for (var ancestor = command.Parent as CommandResult; ancestor is not null; ancestor = ancestor.Parent as CommandResult)
        {
            yield return ancestor;
        }
    }

    private static string PathOf(CommandResult command) => string.Join(' ', AncestorsOf(command).Reverse().Append(command).Select(one => one.Parent is null ? "asc" : one.Command.Name));

    private static string Help(CommandResult command, string does) => $"\"{PathOf(command)} --help\" {does}.";
}
