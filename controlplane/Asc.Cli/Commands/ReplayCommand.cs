using System.CommandLine;
using System.Globalization;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;
using Google.Protobuf.WellKnownTypes;

namespace Asc.Cli.Commands;

internal static class ReplayCommand
{
    private const string Draft = "draft";

    public static Command Create(CommandRunner runner)
    {
        var since = new Option<string>("--since") { Description = "From a time, or a span before now", HelpName = "24h|TIME", Required = true };
        var until = new Option<string>("--until") { Description = "Up to a time, or a span before now; default: now", HelpName = "1h|TIME" };
        var against = new Option<string>("--against") { Description = "A version, or draft (default)", HelpName = "draft|V" };
        var tenant = new Option<string>("--tenant") { Description = "Of a tenant and those below it", HelpName = "P" };
        var limit = new Option<uint>("--limit") { Description = "The newest N; default: all", HelpName = "N" };
        against.CompletionSources.Add(Draft);
        against.CompletionSources.Add(runner.Live.Versions);
        tenant.CompletionSources.Add(runner.Live.Of("Tenant"));
        limit.Validators.Add(static given =>
        {
            if (given.Tokens is [{ Value: "0" }])
            {
                given.AddError("--limit is at least 1.");
            }
        });
        var command = new Command("replay", "Recorded requests under another policy: who would be newly denied, newly permitted or rerouted, and what it would cost")
        {
            since, until, against, tenant, limit,
        };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var request = new ReplayRequest
            {
                Since = Instant.Parse(parsed.GetValue(since)!, spanIsFuture: false, now),
                Tenant = parsed.GetValue(tenant) ?? "",
                Limit = parsed.GetValue(limit),
            };
            request.Until = parsed.GetValue(until) is { } end ? Instant.Parse(end, spanIsFuture: false, now) : null;
            if (request.Since >= (request.Until ?? Timestamp.FromDateTimeOffset(now)))
            {
                throw new CliException(ExitCode.Usage, "invalid_time", "--since is not before --until, or is to come.", "Replay a span of time that is over.");
            }

            if (parsed.GetValue(against) is { } version and not Draft)
            {
                request.Against = ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new CliException(ExitCode.Usage, "invalid_version", $"\"{version}\" is no version.", "Write a number, or draft.");
            }

            printer.Print(ReplayShape.Of(await controlPlane.Admin.ReplayAsync(request, controlPlane.Call)), ShapesJson.Readable.ReplayShape, ReplayTable.Print);
            return ExitCode.Done;
        });
        return command;
    }
}
