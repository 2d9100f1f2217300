using System.CommandLine;
using System.CommandLine.Parsing;

namespace Asc.Cli;

/// <summary>Options that take all the words that follow: a word that looks like an option is a mistyped one, and no value.</summary>
internal static class SeveralValues
{
    public static Option<string[]> Create(string name, params string[] aliases)
    {
        var option = new Option<string[]>(name, aliases) { AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        option.Validators.Add(static given =>
        {
            if (Swallowed(given) is { } token)
            {
                given.AddError($"There is no option {token}.");
            }
        });
        return option;
    }

    /// <summary>The first option that was taken for a value of <paramref name="command"/>'s options; null where none was.</summary>
    public static string? SwallowedBy(CommandResult command) =>
        command.Children.OfType<OptionResult>().Where(given => given.Option.AllowMultipleArgumentsPerToken).Select(Swallowed).FirstOrDefault(token => token is not null);

    // A lone "-" is standard input.
    private static string? Swallowed(OptionResult given) => given.Tokens.Select(token => token.Value).FirstOrDefault(value => value.Length > 1 && value[0] == '-');
}
