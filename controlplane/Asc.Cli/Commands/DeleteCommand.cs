using System.CommandLine;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

internal static class DeleteCommand
{
    public static Command Create(CommandRunner runner)
    {
        var kind = ResourceKinds.Argument();
        var name = new Argument<string>("NAME") { Description = "Its name; a tenant's path" };
        var command = new Command("delete", "Removes a resource from the draft; it is enforced until a publish") { kind, name };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var response = await controlPlane.Admin.DeleteResourceAsync(new() { Kind = ResourceKinds.Of(parsed.GetValue(kind)!), Name = parsed.GetValue(name) }, controlPlane.Call);
            printer.Print(ChangeShape.Of(response.Change), ShapesJson.Readable.ChangeShape, static (printer, change) => ChangeLines.Print(printer, [change]));
            return ExitCode.Done;
        });
        return command;
    }
}
