using System.CommandLine;

namespace Asc.Cli.Commands;

/// <summary><c>--expect</c>: what the author has seen; a change by somebody else in between is not overwritten.</summary>
internal static class ExpectOption
{
    public static Option<ulong?> OfVersion() => new("--expect") { Description = "Refuse unless this is the newest version", HelpName = "V" };

    public static Option<ulong?> OfDraft() => new("--expect") { Description = "Refuse unless the draft is at this revision (apply and diff show it)", HelpName = "REVISION" };
}
