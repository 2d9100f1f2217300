using Spectre.Console;

namespace Asc.Cli.Output;

/// <summary>The words that outcomes are marked with. A colour repeats what the word says, and never says it alone.</summary>
internal static class Marks
{
    public static Style Heading { get; } = new(decoration: Decoration.Bold);

    public static Style StyleOf(string mark) => mark switch
    {
        "pass" or "ALLOW" or "served" => new(Color.Green),
        "FAIL" or "DENY" or "failed" => new(Color.Red, decoration: Decoration.Bold),
        "watch" => new(Color.Yellow),
        "skip" or "drop" => new(Color.Grey),
        _ => Style.Plain,
    };
}
