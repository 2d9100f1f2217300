using System.CommandLine;
using System.Globalization;
using Asc.Cli.Connection;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;
using Grpc.Core;

namespace Asc.Cli.Commands;

internal static class DiffCommand
{
    private const int SomeDiffer = 1;

    public static Command Create(CommandRunner runner)
    {
        var from = new Option<ulong?>("--from") { Description = "A version; default: the newest", HelpName = "V" };
        var to = new Option<string>("--to") { Description = "A version, or draft (default)", HelpName = "V|draft" };
        var command = new Command("diff", "What changes, in plain words, and whom it touches. Exit status: 0 same, 1 differs") { from, to };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var request = new DiffRequest();
            if (parsed.GetValue(from) is { } version)
            {
                request.From = version;
            }

            if (parsed.GetValue(to) is { } target and not "draft")
            {
                request.To = ulong.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new CliException(ExitCode.Usage, "invalid_version", $"\"{target}\" is no version.", "Write a number, or draft.");
            }

            try
            {
                var shape = DiffShape.Of(await controlPlane.Admin.DiffAsync(request, controlPlane.Call));
                printer.Print(shape, ShapesJson.Readable.DiffShape, Print);
                return shape.Changes.Count == 0 ? ExitCode.Done : SomeDiffer;
            }
            catch (RpcException exception)
            {
                // 1 means "differs" here, so an error must be more.
                var refusal = exception.ToCliException(controlPlane.Server);
                throw new CliException(Math.Max(refusal.ExitCode, SomeDiffer + 1), refusal.Error);
            }
        });
        return command;
    }

    private static void Print(Printer printer, DiffShape diff)
    {
        ChangeLines.Print(printer, diff.Changes);
        printer.Say((diff.Changes.Count == 0
            ? "No difference."
            : $"{Quantity.Of(diff.Affected.Tenants.Count, "tenant")} affected{(diff.Affected.Tenants.Count > 0 ? $" ({string.Join(", ", diff.Affected.Tenants)})" : "")}; {Quantity.Of(diff.Affected.Keys, "key")} affected.")
            + (diff.Revision is { } revision ? $" The draft is at revision {revision}." : ""));
    }
}
