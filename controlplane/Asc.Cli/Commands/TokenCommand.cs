using System.CommandLine;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

internal static class TokenCommand
{
    public static Command Create(CommandRunner runner) => new("token", "Admin tokens; the name is who the record names") { CreateToken(runner), Revoke(runner) };

    public static void PrintIssued(Printer printer, IssuedToken issued) => printer.Print(
        new IssuedTokenShape(issued.Id, issued.Name, issued.Token), ShapesJson.Readable.IssuedTokenShape, static (printer, token) =>
        {
            printer.Line(token.Token);
            printer.Say($"{token.Id}, \"{token.Name}\". It is not shown again.");
        });

    public static void PrintRevoked(Printer printer, RevokeTokenResponse revoked) => printer.Print(
        new RevokedTokenShape(revoked.Id, revoked.Name), ShapesJson.Readable.RevokedTokenShape, static (printer, token) => printer.Line($"{token.Id}, \"{token.Name}\", is revoked"));

    private static Command CreateToken(CommandRunner runner)
    {
        var name = new Option<string>("--name") { Description = "Who will use it", Required = true, HelpName = "N" };
        var command = new Command("create", "Creates an admin token and shows it, once") { name };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            PrintIssued(printer, await controlPlane.Admin.CreateAdminTokenAsync(new() { Name = parsed.GetValue(name) }, controlPlane.Call));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The token's id, a_…", HelpName = "ID" };
        var command = new Command("revoke", "Ends an admin token") { id };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            PrintRevoked(printer, await controlPlane.Admin.RevokeAdminTokenAsync(new() { Id = parsed.GetValue(id) }, controlPlane.Call));
            return ExitCode.Done;
        });
        return command;
    }
}
