using System.CommandLine;
using Asc.Cli.Connection;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

internal static class ExplainCommand
{
    public static Command Create(CommandRunner runner)
    {
        var request = new Argument<string?>("REQUEST_ID") { Description = "A recorded request (x-asc-request-id)", Arity = ArgumentArity.ZeroOrOne };
        var tenant = new Option<string>("--tenant") { Description = "Or: whose request it would be", HelpName = "P" };
        var model = new Option<string>("--model") { Description = "What it would ask for", HelpName = "M" };
        tenant.CompletionSources.Add(runner.Live.Of("Tenant"));
        model.CompletionSources.Add(runner.Live.Of("Model"));
        model.CompletionSources.Add(runner.Live.Of("Route"));
        var region = new Option<string>("--region") { Description = "The node's region; default: one that the tenant may use", HelpName = "R" };
        var key = new Option<string>("--key") { Description = "By which key it would come: what that narrows and says counts; without --tenant it is the key's", HelpName = "ID" };
        key.CompletionSources.Add(runner.Live.Keys);
        var draft = new Option<bool>("--draft") { Description = "By the draft, not by the newest version" };
        var says = new AttributionOptions(runner.Live, "A tag that it would carry", "The workload that it would be", "What its data would be, comma-separated", isOneWorkload: true);
        var command = new Command("explain", "The decision and its trace, without calling a provider") { request, tenant, model, key, region, draft };
        says.AddTo(command);
        var shape = new ShapeOptions();
        shape.AddTo(command);
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var response = parsed.GetValue(request) is { } id
                ? await controlPlane.Admin.ExplainRecordAsync(new() { RequestId = id }, controlPlane.Call)
                : await ExplainAsync(parsed.GetValue(tenant), parsed.GetValue(key), parsed.GetValue(model), request =>
                {
                    (request.Region, request.Draft, request.Workload) = (parsed.GetValue(region) ?? "", parsed.GetValue(draft), says.Workloads(parsed).FirstOrDefault(""));
                    request.Tags.Add(says.Tags(parsed).ToDictionary());
                    request.DataClasses.AddRange(says.DataClasses(parsed));
                    shape.Tell(parsed, request);
                }, controlPlane);
            printer.Print(ExplainShape.Of(response), ShapesJson.Readable.ExplainShape, ExplanationText.Print);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ExplainResponse> ExplainAsync(string? tenant, string? key, string? model, Action<ExplainRequest> rest, ControlPlane controlPlane)
    {
        if ((tenant is null && key is null) || model is null)
        {
            throw new CliException(ExitCode.Usage, "usage", "What is to be explained is not named.", "Give a request id, or --model and --tenant or --key.");
        }

        var request = new ExplainRequest { Tenant = tenant ?? "", KeyId = key ?? "", Model = model };
        rest(request);
        return await controlPlane.Admin.ExplainAsync(request, controlPlane.Call);
    }
}
