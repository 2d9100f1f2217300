using System.CommandLine;
using System.Text.Json;
using Asc.Cli.Output;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

internal static class VersionCommand
{
    public static Command Create(CommandRunner runner)
    {
        var version = new Argument<ulong>("V") { Description = "A version's number", HelpName = "V" };
        version.CompletionSources.Add(runner.Live.Versions);
        var show = new Command("show", "A version: who, when, why, and what it declares, as policy files") { version };
        runner.Connected(show, async (parsed, controlPlane, printer) =>
        {
            var response = await controlPlane.Admin.GetVersionAsync(new() { Version = parsed.GetValue(version) }, controlPlane.Call);
            printer.Print(VersionContentShape.Of(response), ShapesJson.Readable.VersionContentShape, Print);
            return ExitCode.Done;
        });
        return new Command("version", "One published version") { show };
    }

    // Comments and documents: what is printed can be applied again.
    private static void Print(Printer printer, VersionContentShape shape)
    {
        var version = shape.Version;
        printer.Line($"# version {version.Version}, published {version.PublishedAt} by {version.Author}: {version.Message}");
        printer.Line($"# {version.Digest}{(version.RollbackOf is { } old ? $", a rollback to {old}" : "")}");
        foreach (var resource in shape.Resources)
        {
            printer.Line("---");
            YamlText.Write(JsonSerializer.SerializeToElement(resource, ShapesJson.Readable.JsonObject), printer.Output);
        }
    }
}
