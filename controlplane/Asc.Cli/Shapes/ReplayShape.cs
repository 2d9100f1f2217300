using Asc.Cli.Output;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

/// <summary><c>against</c> is a version's number, or "draft".</summary>
internal sealed record ReplayShape(
    string? Since, string? Until, object Against, ulong Records, ReplayTotalsShape Totals, IReadOnlyList<ReplayedTenantShape> Tenants,
    IReadOnlyList<ReplayReasonShape> Reasons, IReadOnlyList<ReplayExampleShape> Examples)
{
    public static ReplayShape Of(ReplayResponse response) => new(
        Instant.Text(response.Since), Instant.Text(response.Until), response.HasAgainst ? response.Against : "draft", response.Totals.Records,
        ReplayTotalsShape.Of(response.Totals),
        [.. response.Tenants.Select(tenant => new ReplayedTenantShape(tenant.Tenant, ReplayTotalsShape.Of(tenant.Totals)))],
        [.. response.Reasons.Select(reason => new ReplayReasonShape(reason.Kind, reason.Code, reason.Rule, Some(reason.Origin), reason.Requests))],
        [.. response.Examples.Select(example => new ReplayExampleShape(
            example.Kind, example.RequestId, Instant.Text(example.At), example.Tenant, Some(example.Model), example.PolicyVersion, example.Before, example.After,
            Some(example.Code), Some(example.Rule), Some(example.Origin), example.Message))]);

    private static string? Some(string text) => text.Length > 0 ? text : null;
}

internal record ReplayTotalsShape(
    ulong Records, ulong Unchanged, ulong NewlyDenied, ulong NewlyPermitted, ulong MayPass, ulong Rerouted, ulong DeniedOtherwise, ulong NotJudged,
    IReadOnlyList<MoneyShape> CostDifference, IReadOnlyList<MoneyShape> CostSaved, ulong Unpriced)
{
    public static ReplayTotalsShape Of(ReplayTotals totals) => new(
        totals.Records, totals.Unchanged, totals.NewlyDenied, totals.NewlyPermitted, totals.MayPass, totals.Rerouted, totals.DeniedOtherwise, totals.NotJudged,
        MoneyShape.Of(totals.CostDifference), MoneyShape.Of(totals.CostSaved), totals.Unpriced);
}

internal sealed record ReplayedTenantShape(string Tenant, ReplayTotalsShape Counts) : ReplayTotalsShape(Counts)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public ReplayTotalsShape Counts { get; } = Counts;
}

internal sealed record ReplayReasonShape(string Kind, string Code, string Rule, string? Origin, ulong Requests);

internal sealed record ReplayExampleShape(
    string Kind, string RequestId, string? At, string Tenant, string? Model, ulong PolicyVersion, string Before, string After,
    string? Code, string? Rule, string? Origin, string Message);
