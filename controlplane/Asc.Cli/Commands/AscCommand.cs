using System.CommandLine;

namespace Asc.Cli.Commands;

/// <summary>All commands, in the order in which help shows them.</summary>
internal static class AscCommand
{
    public static RootCommand Create()
    {
        var runner = new CommandRunner();
        var root = new RootCommand("The admin's way to ASC's control plane.");
        foreach (var option in runner.GlobalOptions)
        {
            root.Options.Add(option);
        }

        root.Subcommands.Add(ValidateCommand.Create(runner));
        root.Subcommands.Add(CatalogueCommand.Create(runner));
        root.Subcommands.Add(ApplyCommand.Create(runner));
        root.Subcommands.Add(DeleteCommand.Create(runner));
        root.Subcommands.Add(DiffCommand.Create(runner));
        root.Subcommands.Add(PublishCommand.Create(runner));
        root.Subcommands.Add(VersionsCommand.Create(runner));
        root.Subcommands.Add(VersionCommand.Create(runner));
        root.Subcommands.Add(RollbackCommand.Create(runner));
        root.Subcommands.Add(GetCommand.Create(runner));
        root.Subcommands.Add(DescribeCommand.Create(runner));
        root.Subcommands.Add(KeyCommand.Create(runner));
        root.Subcommands.Add(SwitchCommands.Tenant(runner));
        root.Subcommands.Add(SwitchCommands.Model(runner));
        root.Subcommands.Add(SwitchCommands.Provider(runner));
        root.Subcommands.Add(ExplainCommand.Create(runner));
        root.Subcommands.Add(ReplayCommand.Create(runner));
        root.Subcommands.Add(EventsCommand.Create(runner));
        root.Subcommands.Add(TokenCommand.Create(runner));
        root.Subcommands.Add(NodeCommand.Create(runner));
        root.Subcommands.Add(ContextCommand.Create(runner));
        root.Subcommands.Add(CompletionCommand.Create(runner));
        root.Subcommands.Add(DevCommand.Create(runner));
        return root;
    }
}
