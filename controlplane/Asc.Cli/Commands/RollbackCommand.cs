using System.CommandLine;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

internal static class RollbackCommand
{
    public static Command Create(CommandRunner runner)
    {
        var to = new Argument<ulong>("V") { Description = "The version whose content is wanted", HelpName = "V" };
        to.CompletionSources.Add(runner.Live.Versions);
        var message = MessageOption.Create();
        var expect = ExpectOption.OfVersion();
        var wait = new RolloutWait();
        var command = new Command("rollback", "Publishes an old version's content as a new version; the draft becomes that content too") { to, message, expect };
        wait.AddTo(command);
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var request = new RollbackRequest { Version = parsed.GetValue(to), Message = parsed.GetValue(message) };
            if (parsed.GetValue(expect) is { } version)
            {
                request.ExpectedVersion = version;
            }

            var response = await controlPlane.Admin.RollbackAsync(request, controlPlane.Call);
            if (response.Discarded.Count > 0)
            {
                printer.Say($"The draft held what was not published, and is replaced: {string.Join("; ", response.Discarded.Select(change => change.Text))}. The record of the rollback keeps it (asc events --type policy -o json).");
            }

            return await wait.FinishAsync(response, parsed, controlPlane, printer);
        });
        return command;
    }
}
