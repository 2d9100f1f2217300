using System.CommandLine;
using Asc.Cli.Connection;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

internal static class ContextCommand
{
    public static Command Create(CommandRunner runner) => new("context", "Saved control planes") { List(runner), Use(runner), Set(runner) };

    private static Command List(CommandRunner runner)
    {
        var command = new Command("list", "The saved control planes");
        runner.Local(command, (_, printer, _) =>
        {
            var file = ContextFile.Read();
            printer.Print(
                new ListShape<ContextShape>([.. file.Contexts.Select(context => new ContextShape(context.Key, context.Value.Server, context.Key == file.Current))]),
                ShapesJson.Readable.ListShapeContextShape,
                static (printer, list) => printer.Table(["", "name", "server"], list.Items.Select(context => new[] { context.Current ? "*" : " ", context.Name, context.Server })));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Use(CommandRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "The control plane that commands speak to from now on", HelpName = "NAME" };
        var command = new Command("use", "Chooses one") { name };
        runner.Local(command, (parsed, printer, _) =>
        {
            var file = ContextFile.Read();
            file.Current = file.Contexts.ContainsKey(parsed.GetValue(name)!)
                ? parsed.GetValue(name)
                : throw new CliException(ExitCode.NotFound, "not_found", $"There is no context \"{parsed.GetValue(name)}\".", "See \"asc context list\".");
            file.Write();
            printer.Say($"Commands speak to {file.Contexts[file.Current!].Server}.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // The global --server and --token say what is saved.
    private static Command Set(CommandRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "What to call it", HelpName = "NAME" };
        var command = new Command("set", "Saves --server and --token under a name") { name };
        runner.Local(command, (parsed, printer, _) =>
        {
            var (server, token) = runner.Connection.Resolve(parsed);
            var file = ContextFile.Read();
            file.Contexts[parsed.GetValue(name)!] = new(server.ToString(), token, TokenFile: null);
            file.Current ??= parsed.GetValue(name);
            file.Write();
            printer.Say($"Saved {server} as {parsed.GetValue(name)}.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
