using System.CommandLine;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

internal static class PublishCommand
{
    public static Command Create(CommandRunner runner)
    {
        var message = MessageOption.Create();
        var expect = ExpectOption.OfVersion();
        var wait = new RolloutWait();
        var command = new Command("publish", "Compiles, signs and publishes the draft as a new version") { message, expect };
        wait.AddTo(command);
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var request = new PublishRequest { Message = parsed.GetValue(message) };
            if (parsed.GetValue(expect) is { } version)
            {
                request.ExpectedVersion = version;
            }

            var response = await controlPlane.Admin.PublishAsync(request, controlPlane.Call);
            return await wait.FinishAsync(response, parsed, controlPlane, printer);
        });
        return command;
    }

    public static void Print(Printer printer, PublishShape shape)
    {
        printer.Line($"version {shape.Version}  {shape.Digest}");
        foreach (var node in shape.Nodes)
        {
            printer.Line($"  {node.Name}  {node.State}{(node.Reason is null ? "" : $"  {node.Reason}")}");
        }
    }
}
