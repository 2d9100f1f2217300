using System.CommandLine;
using System.Diagnostics;
using Asc.Cli.Connection;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

/// <summary><c>--wait</c>: until every node enforces the version, or one will not.</summary>
internal sealed class RolloutWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly Option<bool> wait = new("--wait") { Description = "Until every node enforces it; else exit 1, naming those that don't" };
    private readonly Option<string> timeout = new("--timeout") { Description = "How long to wait", HelpName = "30s", DefaultValueFactory = _ => "30s" };

    public void AddTo(Command command)
    {
        // Before anything is published, that is.
        timeout.Validators.Add(static given =>
        {
            if (given.Tokens is [.., var typed] && Instant.TrySpan(typed.Value) is null)
            {
                given.AddError($"--timeout can't be \"{typed.Value}\": write e.g. 30s or 10m.");
            }
        });
        command.Options.Add(wait);
        command.Options.Add(timeout);
    }

    public async Task<int> FinishAsync(PublishResponse published, ParseResult parsed, ControlPlane controlPlane, Printer printer)
    {
        IReadOnlyList<Node> nodes = published.Nodes;
        var patience = Instant.Span(parsed.GetValue(timeout)!);
        var started = Stopwatch.GetTimestamp();
        while (parsed.GetValue(wait) && !IsDecided(nodes, published.Version) && Stopwatch.GetElapsedTime(started) < patience)
        {
            await Task.Delay(Pause, controlPlane.Call.CancellationToken);
            nodes = (await controlPlane.Admin.ListNodesAsync(new(), controlPlane.Call)).Nodes;
        }

        var shape = PublishShape.Of(published.Version, published.Digest, nodes);
        printer.Print(shape, ShapesJson.Readable.PublishShape, PublishCommand.Print);
        var missing = shape.Nodes.Where(node => node.State != "enforced").ToArray();
        if (!parsed.GetValue(wait) || missing.Length == 0)
        {
            return ExitCode.Done;
        }

        throw new CliException(
            ExitCode.Refused, "not_enforced",
            $"Version {published.Version} is published, and not enforced by {string.Join(", ", missing.Select(node => $"{node.Name} ({node.State}{(node.Reason is null ? "" : $": {node.Reason}")})"))}.",
            "See \"asc get nodes\".");
    }

    // A nack is final for the version; an absent node may come back while there is time.
    private static bool IsDecided(IReadOnlyList<Node> nodes, ulong version) => nodes.All(node => RolloutShape.Enforces(node, version) || node.State == "nacked");
}
