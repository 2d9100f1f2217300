using System.CommandLine;

namespace Asc.Cli.Commands;

/// <summary>Options of the commands that make a version.</summary>
internal static class MessageOption
{
    public static Option<string> Create() => new("--message", "-m") { Description = "Why: it stands in the record", Required = true, HelpName = "WHY" };
}
