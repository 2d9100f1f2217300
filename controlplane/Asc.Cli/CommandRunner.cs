using System.CommandLine;
using Asc.Cli.Connection;
using Asc.Cli.Output;
using Grpc.Core;

namespace Asc.Cli;

/// <summary>What every command shares: its global options, a connection, a printer, and one way to fail.</summary>
internal sealed class CommandRunner
{
    private const string FormatOption = "--output";
    private readonly Option<OutputFormat> format = new(FormatOption, "-o") { Description = "table, json or yaml", Recursive = true, HelpName = "FORMAT", CustomParser = ParseFormat };

    public CommandRunner() => Live = new(Connection);

    public ConnectionOptions Connection { get; } = new();

    /// <summary>Names to complete with.</summary>
    public LiveNames Live { get; }

    public IEnumerable<Option> GlobalOptions => [format, .. Connection.All];

    /// <summary>The format that a command line asks for, as far as one with errors can be understood.</summary>
    public static OutputFormat FormatOf(ParseResult parsed) =>
        parsed.GetResult(FormatOption) is System.CommandLine.Parsing.OptionResult { Tokens: [.., var last] } && Enum.TryParse<OutputFormat>(last.Value, ignoreCase: true, out var asked)
            ? asked
            : OutputFormat.Table;

    /// <summary>A command that speaks to the control plane.</summary>
    public void Connected(Command command, Func<ParseResult, ControlPlane, Printer, Task<int>> action) => Local(command, async (parsed, printer, cancellation) =>
    {
        var (server, token) = Connection.Resolve(parsed);
        using var controlPlane = new ControlPlane(server, token, cancellation);
        try
        {
            return await action(parsed, controlPlane, printer);
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (RpcException exception)
        {
            throw exception.ToCliException(server);
        }
    });

    /// <summary>A command that needs no control plane.</summary>
    public void Local(Command command, Func<ParseResult, Printer, CancellationToken, Task<int>> action) => command.SetAction(async (parsed, cancellation) =>
    {
        var printer = new Printer(parsed.GetValue(format), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            return await action(parsed, printer, cancellation);
        }
        catch (CliException exception)
        {
            printer.Fail(exception);
            return exception.ExitCode;
        }
    });

    private static OutputFormat ParseFormat(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && Enum.TryParse<OutputFormat>(result.Tokens[0].Value, ignoreCase: true, out var parsed))
        {
            return parsed;
        }

        result.AddError("-o takes table, json or yaml.");
        return OutputFormat.Table;
    }
}
