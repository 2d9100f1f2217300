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
    private static readonly string[] Filters = ["type", "tenant", "key", "model", "provider", "outcome", "rule", "request"];

    public static Command Create(CommandRunner runner)
    {
        var follow = new Option<bool>("--follow") { Description = "Go on as events come" };
        var since = new Option<string>("--since") { Description = "From a time, or a span before now", HelpName = "10m|TIME" };
        var limit = new Option<uint>("--limit") { Description = "The newest N; default 100", HelpName = "N" };
        var filters = Filters.ToDictionary(name => name, name => new Option<string>($"--{name}") { HelpName = name.ToUpperInvariant() });
        var command = new Command("events", "The one timeline: requests, denied ones too, and what admins did; oldest first") { follow, since, limit };
        foreach (var filter in filters.Values)
        {
            command.Options.Add(filter);
        }

        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            string Filter(string name) => parsed.GetValue(filters[name]) ?? "";
            var request = new StreamEventsRequest
            {
                Follow = parsed.GetValue(follow), Limit = parsed.GetValue(limit), Type = Filter("type"), Tenant = Filter("tenant"), KeyId = Filter("key"),
                Model = Filter("model"), Provider = Filter("provider"), Outcome = Filter("outcome"), Rule = Filter("rule"), RequestId = Filter("request"),
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
        return string.Create(CultureInfo.InvariantCulture, $"{e.At}  {e.Outcome,-7}  {e.Status} {e.Code}  {e.Tenant ?? "-"}  {way}  at {e.Node}, v{e.PolicyVersion}{tokens}  {e.DurationMs:0.0} ms  {e.RequestId}");
    }

    private static string AdminLine(EventShape e) =>
        $"{e.At}  {e.Type,-7}  {e.Actor}  {e.Action}  {e.Subject}{(e.Reason is null ? "" : $"  \"{e.Reason}\"")}";
}
