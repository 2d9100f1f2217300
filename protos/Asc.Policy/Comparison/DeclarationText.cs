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
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(ModelDocument model) =>
    [
        ("deployments", string.Join(", ", model.Deployments.Select(deployment =>
            $"{deployment.UpstreamModel} of {deployment.Provider}{(deployment.Region is null ? "" : $" in {deployment.Region}")}"))),
        .. LimitsText.Of("limits", model.Limits),
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(RouteDocument route) => [("targets", string.Join(", ", route.Targets))];

    public static IReadOnlyList<(string Field, string Value)> Of(TenantDocument tenant) =>
    [
        ("models.allow", List(tenant.AllowedModels)),
        ("models.deny", string.Join(", ", tenant.DeniedModels)),
        ("residency.allow", List(tenant.AllowedRegions)),
        .. LimitsText.Of(tenant.Limits),
    ];

    // Absent is inherited, empty is nothing: they must not look alike.
    private static string List(IReadOnlyCollection<string>? values) => values is null ? "" : values.Count == 0 ? "[]" : string.Join(", ", values);
}
