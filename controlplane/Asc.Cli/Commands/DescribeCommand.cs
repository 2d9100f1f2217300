using System.CommandLine;
using System.Text.Json;
using Asc.Cli.Connection;
using Asc.Cli.Output;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

internal static class DescribeCommand
{
    private const string Key = "key";

    public static Command Create(CommandRunner runner)
    {
        var kind = ResourceKinds.Argument(Key);
        var name = new Argument<string>("NAME") { Description = "Its name; a tenant's path; a key's id", HelpName = "NAME" };
        name.CompletionSources.Add(runner.Live.OfKind(kind));
        var draft = new Option<bool>("--draft") { Description = "A tenant's policy as the draft has it" };
        var command = new Command("describe", "One resource or key; of a tenant the effective policy and the origin of each rule") { kind, name, draft };
        runner.Connected(command, (parsed, controlPlane, printer) => ResourceKinds.IsOf(parsed.GetValue(kind)!, Key) ? KeyAsync(parsed.GetValue(name)!, controlPlane, printer)
            : ResourceKinds.Of(parsed.GetValue(kind)!, Key) is var which and not "Tenant" ? ResourceAsync(which, parsed.GetValue(name)!, controlPlane, printer)
            : TenantAsync(parsed.GetValue(name)!, parsed.GetValue(draft), controlPlane, printer));
        return command;
    }

    private static async Task<int> KeyAsync(string id, ControlPlane controlPlane, Printer printer)
    {
        var response = await controlPlane.Admin.ListKeysAsync(new() { Id = id }, controlPlane.Call);
        printer.Print(KeyShape.Of(response.Keys.Single()), ShapesJson.Readable.KeyShape, KeyText.Print);
        return ExitCode.Done;
    }

    private static async Task<int> ResourceAsync(string kind, string name, ControlPlane controlPlane, Printer printer)
    {
        var response = await controlPlane.Admin.GetResourceAsync(new() { Kind = kind, Name = name }, controlPlane.Call);
        printer.Print(ResourceShape.Of(response.Resource), ShapesJson.Readable.ResourceShape, static (printer, shape) =>
        {
            printer.Line($"# {(shape.Published ? "published so" : "in the draft, not published so")}{(shape.Disabled ? ", disabled" : "")}");
            YamlText.Write(JsonSerializer.SerializeToElement(shape.Resource, ShapesJson.Readable.JsonObject), printer.Output);
        });
        return ExitCode.Done;
    }

    private static async Task<int> TenantAsync(string path, bool draft, ControlPlane controlPlane, Printer printer)
    {
        var response = await controlPlane.Admin.DescribeTenantAsync(new() { Path = path, Draft = draft }, controlPlane.Call);
        printer.Print(TenantShape.Of(response), ShapesJson.Readable.TenantShape, Print);
        return ExitCode.Done;
    }

    private static void Print(Printer printer, TenantShape tenant)
    {
        printer.Line($"{tenant.Path}, {(tenant.PolicyVersion is { } version ? $"policy version {version}" : "draft")}, {Quantity.Of(tenant.Keys, "active key")}{(tenant.SuspendedBy is { } by ? $", SUSPENDED by {by}" : "")}");
        if (tenant.Labels.Count > 0)
        {
            printer.Line($"labels: {string.Join(", ", tenant.Labels.Select(label => $"{label.Key}={label.Value}"))}");
        }

        printer.Line("");
        printer.Table(
            ["effective rule", "values", "made so by"],
            tenant.Effective.Select(rule => new[] { rule.Rule, Values(rule), rule.Origin }));
        printer.Line("");
        printer.Table(
            ["declared rule", "values", "origin", "written in"],
            tenant.Rules.Select(rule => new[] { rule.Rule, Values(rule), rule.Observed ? $"{rule.Origin}, observed only" : rule.Origin, rule.Source?.ToString() ?? "" }));
        printer.Line("");
        printer.Table(
            ["may ask for", "served by", "where"],
            tenant.Names.SelectMany(name => name.Candidates.DefaultIfEmpty().Select((candidate, i) => new[]
            {
                i == 0 ? name.Name : "",
                candidate is null ? "(nothing)" : $"{candidate.Deployment} of {candidate.Provider}",
                candidate is null ? "" : Where(candidate),
            })));
    }

    private static string Values(RuleShape rule) => rule.Values.Count == 0 ? "[]" : string.Join(", ", rule.Values);

    // A target's condition asks what a request is like, and no request is judged here.
    private static string Where(CandidateShape candidate) => candidate switch
    {
        { Kept: true } => candidate.Region,
        { Rule: "targets.when" } => $"{candidate.Region}: conditional, {candidate.Reason}",
        _ => $"{candidate.Region}: dropped, {candidate.Reason}",
    };
}
