using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Cli.Connection;
using Asc.Cli.Output;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

internal static class GetCommand
{
    public static Command Create(CommandRunner runner)
    {
        var get = new Command("get", "Lists what there is");
        foreach (var (plural, kind) in new[] { ("tenants", "Tenant"), ("providers", "Provider"), ("models", "Model"), ("routes", "Route"), ("workloads", "Workload") })
        {
            var command = new Command(plural, $"The {plural} of the draft, and whether they are published so");
            runner.Connected(command, (_, controlPlane, printer) => ListResourcesAsync(kind, controlPlane, printer));
            get.Subcommands.Add(command);
        }

        get.Subcommands.Add(Keys(runner));
        get.Subcommands.Add(Nodes(runner));
        return get;
    }

    private static async Task<int> ListResourcesAsync(string kind, ControlPlane controlPlane, Printer printer)
    {
        var response = await controlPlane.Admin.ListResourcesAsync(new() { Kind = kind }, controlPlane.Call);
        printer.Print(
            new ListShape<ResourceShape>([.. response.Resources.Select(ResourceShape.Of)]),
            ShapesJson.Readable.ListShapeResourceShape,
            static (printer, list) => printer.Table(
                ["name", "state", "declares"],
                list.Items.Select(item => new[] { item.Name, State(item), Summary(item.Resource["spec"]) })));
        return ExitCode.Done;
    }

    private static string State(ResourceShape item) => (item.Disabled, item.Published, item.Kind) switch
    {
        (true, _, "Tenant") => "suspended",
        (true, _, _) => "disabled",
        (_, true, _) => "published",
        _ => "draft",
    };

    private static string Summary(JsonNode? spec) => string.Join("; ", (spec as JsonObject ?? []).Select(field => $"{field.Key} {Plain(field.Value)}"));

    // What a text is may be seen of itself; what a number counts can't.
    private static string Plain(JsonNode? node) => node switch
    {
        JsonArray array => array.Count == 0 ? "[]" : string.Join(", ", array.Select(Plain)),
        JsonObject members => string.Join(" ", members.Select(member => member.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? Plain(member.Value) : $"{member.Key} {Plain(member.Value)}")),
        null => "",
        _ => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString(),
    };

    private static Command Keys(CommandRunner runner)
    {
        var tenant = new Option<string>("--tenant") { Description = "This tenant's and those below", HelpName = "P" };
        var command = new Command("keys", "API keys; never their secrets") { tenant };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var response = await controlPlane.Admin.ListKeysAsync(new() { Tenant = parsed.GetValue(tenant) ?? "" }, controlPlane.Call);
            printer.Print(
                new ListShape<KeyShape>([.. response.Keys.Select(KeyShape.Of)]),
                ShapesJson.Readable.ListShapeKeyShape,
                static (printer, list) => printer.Table(
                    ["id", "tenant", "name", "state", "created", "expires", "last used", "only"],
                    list.Items.Select(key => new[] { key.Id, key.Tenant, key.Name, key.State, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.Scope() is { Length: > 0 } scope ? scope : null })));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Nodes(CommandRunner runner)
    {
        var command = new Command("nodes", "Data-plane nodes, and what each enforces");
        runner.Connected(command, async (_, controlPlane, printer) =>
        {
            var response = await controlPlane.Admin.ListNodesAsync(new(), controlPlane.Call);
            printer.Print(
                new ListShape<NodeShape>([.. response.Nodes.Select(NodeShape.Of)]),
                ShapesJson.Readable.ListShapeNodeShape,
                static (printer, list) => printer.Table(
                    ["name", "region", "state", "version", "desired", "last seen", "records waiting", "reason"],
                    list.Items.Select(node => new[]
                    {
                        node.Name, node.Region, node.State, node.Version.ToString(CultureInfo.InvariantCulture), node.Desired.ToString(CultureInfo.InvariantCulture),
                        node.LastSeenAt, node.SpoolDepth.ToString(CultureInfo.InvariantCulture), node.Reason,
                    })));
            return ExitCode.Done;
        });
        return command;
    }
}
