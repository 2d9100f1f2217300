using Asc.Policy.Documents;

namespace Asc.Policy.Comparison;

/// <summary>What a resource declares, field by field, as people read it. An empty value is an absent field.</summary>
internal static class DeclarationText
{
    public static IReadOnlyList<(string Field, string Value)> Of(ProviderDocument provider) =>
    [
        ("protocol", provider.Protocol.ToString().ToLowerInvariant()),
        ("baseUrl", provider.BaseUrl),
        ("credential", provider.CredentialSecret),
        ("region", provider.Region),
        ("network", provider.PrivateNetwork ? "private" : "public"),
        ("traceContext", provider.ForwardsTraceContext ? "forward" : "drop"),
        ("timeouts", Of(provider.Timeouts)),
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(ModelDocument model) =>
    [
        ("deployments", string.Join(", ", model.Deployments.Select(deployment =>
            $"{deployment.UpstreamModel} of {deployment.Provider}{(deployment.Region is null ? "" : $" in {deployment.Region}")}"))),
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(RouteDocument route) =>
    [
        ("targets", string.Join(", ", route.Targets)),
        ("retry", route.Retry is { } retry ? $"{retry.Attempts} attempts on {retry.On}" : ""),
        ("hedge", route.HedgeAfter is { } after ? $"after {Of(after)}" : ""),
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(TenantDocument tenant) =>
    [
        ("models.allow", List(tenant.AllowedModels)),
        ("models.deny", string.Join(", ", tenant.DeniedModels)),
        ("residency.allow", List(tenant.AllowedRegions)),
    ];

    private static string Of(TimeoutsDocument? timeouts)
    {
        (string Field, TimeSpan? Value)[] fields =
            [("connect", timeouts?.Connect), ("firstToken", timeouts?.FirstToken), ("idle", timeouts?.Idle), ("total", timeouts?.Total)];
        return string.Join(", ", fields.Where(field => field.Value is not null).Select(field => $"{field.Field} {Of(field.Value!.Value)}"));
    }

    private static string Of(TimeSpan wait) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wait.TotalSeconds}s");

    // Absent is inherited, empty is nothing: they must not look alike.
    private static string List(IReadOnlyCollection<string>? values) => values is null ? "" : values.Count == 0 ? "[]" : string.Join(", ", values);
}
