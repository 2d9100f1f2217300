using System.Globalization;
using Asc.Cli.Output;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

/// <summary>A replay as people read it: what changes, for whom, why, and which requests show it.</summary>
internal static class ReplayTable
{
    public static void Print(Printer printer, ReplayShape replay)
    {
        var totals = replay.Totals;
        printer.Line($"{Quantity.Of((long)replay.Records, "request")} from {replay.Since} to {replay.Until}, against {(replay.Against is ulong version ? $"version {version}" : "the draft")}");
        printer.Line("");
        foreach (var (name, count, remark) in new[]
        {
            ("unchanged", totals.Unchanged, ""), ("newly denied", totals.NewlyDenied, ""), ("newly permitted", totals.NewlyPermitted, ""),
            ("may pass", totals.MayPass, totals.MayPass > 0 ? "   (a limit is raised, gone or only observed; whether there is room then is not known)" : ""),
            ("rerouted", totals.Rerouted, ""), ("denied otherwise", totals.DeniedOtherwise, ""), ("not judged", totals.NotJudged, ""),
        })
        {
            printer.Line(string.Create(CultureInfo.InvariantCulture, $"  {name,-16}  {count,12}{remark}"));
        }

        var unpriced = totals.Unpriced > 0 ? $"   ({Quantity.Of((long)totals.Unpriced, "request")} without a price)" : "";
        printer.Line($"  {"cost",-16}  {Cost(totals.CostDifference),12}{unpriced}");
        if (totals.CostSaved.Count > 0)
        {
            // Of the difference, what is not spent because it is not served.
            printer.Line($"  {"  not served",-16}  {string.Join(", ", totals.CostSaved.Select(amount => $"{amount.Amount} {amount.Currency}")),12}   (what the newly denied had cost)");
        }

        PrintTenants(printer, replay);
        PrintReasons(printer, replay);
        PrintExamples(printer, replay);
    }

    private static void PrintTenants(Printer printer, ReplayShape replay)
    {
        var touched = replay.Tenants.Where(tenant => tenant.NewlyDenied + tenant.NewlyPermitted + tenant.MayPass + tenant.Rerouted + tenant.DeniedOtherwise > 0 || tenant.CostDifference.Count > 0).ToArray();
        if (touched.Length > 0)
        {
            printer.Line("");
            printer.Table(
                ["tenant", "requests", "newly denied", "newly permitted", "may pass", "rerouted", "cost"],
                touched.Select(tenant => new[] { tenant.Tenant, Number(tenant.Records), Number(tenant.NewlyDenied), Number(tenant.NewlyPermitted), Number(tenant.MayPass), Number(tenant.Rerouted), Cost(tenant.CostDifference) }));
        }
    }

    private static void PrintReasons(Printer printer, ReplayShape replay)
    {
        if (replay.Reasons.Count > 0)
        {
            printer.Line("");
            printer.Table(
                ["why", "code", "rule", "origin", "requests"],
                replay.Reasons.Select(reason => new[] { Words(reason.Kind), reason.Code, reason.Rule, reason.Origin, Number(reason.Requests) }));
        }
    }

    private static void PrintExamples(Printer printer, ReplayShape replay)
    {
        foreach (var example in replay.Examples)
        {
            printer.Line("");
            printer.Line($"{Words(example.Kind)}  {example.Tenant}  {example.Model ?? "-"}  {example.At}  {example.RequestId}");
            printer.Line($"  {example.Before} -> {example.After}{(example.Rule is null ? "" : $" ({example.Rule})")}");
            printer.Line($"  {example.Message}");
        }
    }

    private static string Words(string kind) => kind switch
    {
        "newlyDenied" => "newly denied",
        "newlyPermitted" => "newly permitted",
        "mayPass" => "may pass",
        "deniedOtherwise" => "denied otherwise",
        _ => kind,
    };

    private static string Cost(IReadOnlyList<MoneyShape> amounts) =>
        amounts.Count == 0 ? "0" : string.Join(", ", amounts.Select(amount => $"{(amount.Amount.StartsWith('-') ? "" : "+")}{amount.Amount} {amount.Currency}"));

    private static string Number(ulong count) => count.ToString(CultureInfo.InvariantCulture);
}
