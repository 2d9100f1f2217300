using System.CommandLine;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

internal static class KeyCommand
{
    public static Command Create(CommandRunner runner) =>
        new("key", "API keys: in force on every node within a second, without publish") { CreateKey(runner), Rotate(runner), Revoke(runner) };

    private static Command CreateKey(CommandRunner runner)
    {
        var tenant = new Option<string>("--tenant") { Description = "Whose key it is", Required = true, HelpName = "P" };
        tenant.CompletionSources.Add(runner.Live.Of("Tenant"));
        var name = new Option<string>("--name") { Description = "What people call it", Required = true, HelpName = "N" };
        var expires = new Option<string>("--expires") { Description = "When it dies: a time, or a span from now", HelpName = "D" };
        var models = SeveralValues.Create("--models");
        (models.Description, models.HelpName) = ("Narrows it to these, comma-separated", "A,B");
        models.Validators.Add(static given =>
        {
            // An empty variable of a script must not make a key that may do all that its tenant may.
            if (!given.Tokens.Any(token => NamesIn(token.Value).Length > 0))
            {
                given.AddError("--models names no model: leave it out for a key that may use all that its tenant may.");
            }
        });
        var owner = new Option<string>("--owner") { Description = "Who answers for it", HelpName = "O" };
        var requests = Limit("--requests-per-minute", "Requests a minute that it may make");
        var tokens = Limit("--tokens-per-minute", "Tokens a minute that it may read and generate");
        var concurrent = Limit("--concurrent-requests", "Requests that it may have under way");
        var says = new AttributionOptions(
            runner.Live, "Binds it to a tag, which its requests may repeat and not change", "Narrows it to these workloads, comma-separated", "What all its data is, comma-separated", isOneWorkload: false);
        var command = new Command("create", "Creates a key and shows it, once") { tenant, name, expires, models, owner, requests, tokens, concurrent };
        says.AddTo(command);
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var request = new CreateKeyRequest { Tenant = parsed.GetValue(tenant), Name = parsed.GetValue(name), Owner = parsed.GetValue(owner) ?? "" };
            (request.RequestsPerMinute, request.TokensPerMinute, request.ConcurrentRequests) = (parsed.GetValue(requests), parsed.GetValue(tokens), parsed.GetValue(concurrent));
            request.Models.AddRange((parsed.GetValue(models) ?? []).SelectMany(NamesIn));
            request.Tags.Add(says.Tags(parsed).ToDictionary());
            request.Workloads.AddRange(says.Workloads(parsed));
            request.DataClasses.AddRange(says.DataClasses(parsed));
            if (parsed.GetValue(expires) is { } when)
            {
                request.ExpiresAt = Instant.Parse(when, spanIsFuture: true, TimeProvider.System.GetUtcNow());
            }

            PrintIssued(printer, await controlPlane.Admin.CreateKeyAsync(request, controlPlane.Call));
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<ulong> Limit(string name, string what)
    {
        var option = new Option<ulong>(name) { Description = $"{what}, within what limits its tenant", HelpName = "N" };
        option.Validators.Add(given =>
        {
            if (given.Tokens.Any(token => token.Value == "0"))
            {
                given.AddError($"{name} is at least 1: leave it out for a key that is not limited.");
            }
        });
        return option;
    }

    private static string[] NamesIn(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Command Rotate(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The key that is replaced", HelpName = "ID" };
        id.CompletionSources.Add(runner.Live.Keys);
        var overlap = new Option<string>("--overlap") { Description = "How long the old one lives on", HelpName = "24h", DefaultValueFactory = _ => "24h" };
        var command = new Command("rotate", "Creates a key like it and lets the old one expire") { id, overlap };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var span = Instant.Span(parsed.GetValue(overlap)!);
            PrintIssued(printer, await controlPlane.Admin.RotateKeyAsync(new() { Id = parsed.GetValue(id), OverlapSeconds = span.TotalSeconds }, controlPlane.Call));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The key", HelpName = "ID" };
        id.CompletionSources.Add(runner.Live.Keys);
        var command = new Command("revoke", "Ends a key for good") { id };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var key = KeyShape.Of(await controlPlane.Admin.RevokeKeyAsync(new() { Id = parsed.GetValue(id) }, controlPlane.Call));
            printer.Print(key, ShapesJson.Readable.KeyShape, static (printer, key) => printer.Line($"{key.Id} of {key.Tenant} is {key.State}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static void PrintIssued(Printer printer, IssuedKey issued) =>
        printer.Print(IssuedKeyShape.Of(issued), ShapesJson.Readable.IssuedKeyShape, static (printer, key) =>
        {
            foreach (var warning in key.Warnings)
            {
                printer.Say($"warning: {warning}");
            }

            printer.Line(key.Key);
            printer.Say($"{key.Id}, \"{key.Name}\" of {key.Tenant}{(key.ExpiresAt is null ? "" : $", until {key.ExpiresAt}")}{(key.Replaces is null ? "" : $", in place of {key.Replaces}")}. It is not shown again.");
        });
}
