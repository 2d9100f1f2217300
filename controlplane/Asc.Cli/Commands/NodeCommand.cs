using System.CommandLine;

namespace Asc.Cli.Commands;

internal static class NodeCommand
{
    public static Command Create(CommandRunner runner)
    {
        var token = new Command("token", "What nodes present to the control plane") { CreateToken(runner) };
        return new Command("node", "Data-plane nodes' access") { token, Revoke(runner) };
    }

    private static Command CreateToken(CommandRunner runner)
    {
        var pool = new Option<string>("--pool") { Description = "A group of nodes that share it", Required = true, HelpName = "N" };
        var region = new Option<string>("--region") { Description = "Where they process", Required = true, HelpName = "R" };
        var command = new Command("create", "Creates a node token and shows it, once") { pool, region };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            TokenCommand.PrintIssued(printer, await controlPlane.Admin.CreateNodeTokenAsync(new() { Pool = parsed.GetValue(pool), Region = parsed.GetValue(region) }, controlPlane.Call));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The node token's id, n_…", HelpName = "ID" };
        var command = new Command("revoke", "Ends a node token; its nodes lose the control plane within a second") { id };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            TokenCommand.PrintRevoked(printer, await controlPlane.Admin.RevokeNodeTokenAsync(new() { Id = parsed.GetValue(id) }, controlPlane.Call));
            return ExitCode.Done;
        });
        return command;
    }
}
