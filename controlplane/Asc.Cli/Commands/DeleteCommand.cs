using System.CommandLine;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

internal static class DeleteCommand
{
    public static Command Create(CommandRunner runner)
    {
        var kind = ResourceKinds.Argument();
        var name = new Argument<string>("NAME") { Description = "Its name; a tenant's path", HelpName = "NAME" };
        name.CompletionSources.Add(runner.Live.OfKind(kind));
        var expect = ExpectOption.OfDraft();
        var command = new Command("delete", "Removes a resource from the draft; it is enforced until a publish") { kind, name, expect };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var request = new DeleteResourceRequest { Kind = ResourceKinds.Of(parsed.GetValue(kind)!), Name = parsed.GetValue(name) };
            if (parsed.GetValue(expect) is { } revision)
            {
                request.ExpectedRevision = revision;
            }

            var response = await controlPlane.Admin.DeleteResourceAsync(request, controlPlane.Call);
            printer.Print(DeleteShape.Of(response), ShapesJson.Readable.DeleteShape, static (printer, deleted) =>
            {
                ChangeLines.Print(printer, [deleted]);
                printer.Say($"The draft has changed, to revision {deleted.Revision}.");
            });
            return ExitCode.Done;
        });
        return command;
    }
}
