using System.CommandLine;
using System.Globalization;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

internal static class VersionsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var limit = new Option<uint>("--limit") { Description = "The newest N; default: all", HelpName = "N" };
        var command = new Command("versions", "The history of published versions, newest first") { limit };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var response = await controlPlane.Admin.ListVersionsAsync(new() { Limit = parsed.GetValue(limit) }, controlPlane.Call);
            printer.Print(
                new ListShape<VersionShape>([.. response.Versions.Select(VersionShape.Of)]),
                ShapesJson.Readable.ListShapeVersionShape,
                static (printer, list) => printer.Table(
                    ["version", "published", "author", "message", "digest"],
                    list.Items.Select(version => new[]
                    {
                        version.Version.ToString(CultureInfo.InvariantCulture), version.PublishedAt, version.Author,
                        version.RollbackOf is { } old ? $"{version.Message} (rollback to {old})" : version.Message, version.Digest[..19],
                    })));
            return ExitCode.Done;
        });
        return command;
    }
}
