using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;
using Grpc.Core;

namespace Asc.Cli.Commands;

internal static class EventsCommand
{
    private static readonly string[] Types = ["request", "policy", "key", "node", "budget", "breaker", "drift", "residency", "admin"];
    private static readonly string[] Outcomes = ["ok", "denied", "failed", "aborted"];

    private static readonly (string Name, string Description, string[]? Values)[] Filters =
    [
        ("type", $"Of one type: {string.Join(", ", Types)}", Types),
        ("tenant", "Of a tenant and those below it", null),
        ("key", "By a key, or about it: its id", null),
        ("model", "Of requests that asked for a model, or were served by it", null),
        ("provider", "Of requests for which a provider was called last, and about it: its circuits, its regions", null),
        ("outcome", $"With one outcome: {string.Join(", ", Outcomes)}", Outcomes),
        ("rule", "Of requests that a rule refused, as asc explain names it, e.g. models.allow; or by the code, e.g. model_not_allowed", null),
        ("request", "Of one request, and about it: its id (x-asc-request-id)", null),
    ];

    public static Command Create(CommandRunner runner)
    {
        var follow = new Option<bool>("--follow") { Description = "Go on as events come" };
        var since = new Option<string>("--since") { Description = "From a time, or a span before now", HelpName = "10m|TIME" };
        var limit = new Option<uint>("--limit") { Description = "The newest N; default 100", HelpName = "N" };
        limit.Validators.Add(static given =>
        {
            if (given.Tokens is [{ Value: "0" }])
            {
                given.AddError("--limit is at least 1.");
            }
        });
        var filters = Filters.ToDictionary(filter => filter.Name, filter => Filter(filter.Name, filter.Description, filter.Values));
        var command = new Command("events", "The one timeline: requests, denied ones too, and what admins did; oldest first") { follow, since, limit };
        foreach (var filter in filters.Values)
        {
            command.Options.Add(filter);
        }

        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            string Chosen(string name) => parsed.GetValue(filters[name]) ?? "";
            var request = new StreamEventsRequest
            {
                Follow = parsed.GetValue(follow), Limit = parsed.GetValue(limit), Type = Chosen("type"), Tenant = Chosen("tenant"), KeyId = Chosen("key"),
                Model = Chosen("model"), Provider = Chosen("provider"), Outcome = Chosen("outcome"), Rule = Chosen("rule"), RequestId = Chosen("request"),
            };
            if (parsed.GetValue(since) is { } from)
            {
                request.Since = Instant.Parse(from, spanIsFuture: false, TimeProvider.System.GetUtcNow());
            }

            using var call = controlPlane.Admin.StreamEvents(request, controlPlane.Call);
            await foreach (var e in call.ResponseStream.ReadAllAsync(controlPlane.Call.CancellationToken))
            {
                Print(printer, EventShape.Of(e));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string> Filter(string name, string description, string[]? values)
    {
        var option = new Option<string>($"--{name}") { Description = description, HelpName = name.ToUpperInvariant() };
        if (values is not null)
        {
            option.CompletionSources.Add(values);
            option.Validators.Add(given =>
            {
                if (given.Tokens is [.., { Value: var typed }] && !values.Contains(typed))
                {
                    given.AddError($"--{name} can't be \"{typed}\": write one of {string.Join(", ", values)}.");
                }
            });
        }

        return option;
    }

    private static void Print(Printer printer, EventShape e)
    {
        switch (printer.Format)
        {
            case OutputFormat.Json:
                printer.Line(JsonSerializer.Serialize(e, ShapesJson.Readable.EventShape));
                break;
            case OutputFormat.Yaml:
                printer.Line("---");
                YamlText.Write(JsonSerializer.SerializeToElement(e, ShapesJson.Readable.EventShape), printer.Output);
                break;
            default:
                printer.Line(e.Actor is null ? RequestLine(e) : AdminLine(e));
                break;
        }

        printer.Output.Flush();
    }

    private static string RequestLine(EventShape e)
    {
        var way = e.Provider is null ? e.Model?.Requested : $"{e.Model?.Requested} -> {e.Provider} in {e.ProcessingRegion}";
        var tokens = e.Usage is { Input: 0, Output: 0 } or null ? "" : $"  {e.Usage.Input + e.Usage.CachedRead + e.Usage.CacheWrite} in {e.Usage.Output} out{(e.Usage.Estimated ? " (estimated)" : "")}";
        return string.Create(CultureInfo.InvariantCulture, $"{e.At}  {e.Outcome,-7}  {e.Status} {e.Code}  {e.Tenant ?? "-"}  {way}  at {e.Node}, v{e.PolicyVersion}{tokens}  {e.DurationMs:0.0} ms  {e.RequestId}{DroppedText(e)}{ObservedText(e)}");
    }

    private static string AdminLine(EventShape e) =>
        $"{e.At}  {e.Type,-9}  {e.Actor}  {e.Action}  {e.Subject}{(e.Reason is null ? "" : $"  \"{e.Reason}\"")}";

    private static string DroppedText(EventShape e) => e.Dropped is { Count: > 0 } dropped ? $"  (without {string.Join(", ", dropped)})" : "";

    private static string ObservedText(EventShape e) => e.Observed is { Count: > 0 } observed
        ? $"  (observed: {string.Join(" and ", observed.Select(denial => $"{denial.Rule} of {denial.Origin}"))} would deny it)"
        : "";
}
