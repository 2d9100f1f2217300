using Asc.Policy.Documents;

namespace Asc.Policy.Comparison;

/// <summary>What a resource declares, field by field, as people read it. An empty value is an absent field.</summary>
internal static class DeclarationText
{
    public static IReadOnlyList<(string Field, string Value)> Of(ProviderDocument provider) =>
    [
        ("protocol", provider.Protocol.Text()),
        ("baseUrl", provider.BaseUrl),
        ("apiVersion", provider.ApiVersion),
        ("inferenceGeo", provider.InferenceGeo),
        ("credential", provider.CredentialSecret),
        ("region", provider.Region),
        ("network", provider.PrivateNetwork ? "private" : "public"),
        ("traceContext", provider.ForwardsTraceContext ? "forward" : "drop"),
        ("attestations", string.Join(", ", provider.Attestations)),
        ("reportedRegions", string.Join(", ", provider.ReportedRegions)),
        .. Of(provider.Timeouts),
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(ModelDocument model) =>
    [
        ("deployments", string.Join(", ", model.Deployments.Select(deployment =>
            $"{deployment.UpstreamModel} of {deployment.Provider}{(deployment.Region is null ? "" : $" in {deployment.Region}")}{(deployment.Attestations is { } own ? $" attesting {List(own)}" : "")}{(deployment.ReportedRegions is { } reported ? $" reporting {List(reported)}" : "")}"))),
        ("catalogue", model.Catalogue),
        ("contextWindow", Number(model.ContextWindow)),
        ("maxOutputTokens", Number(model.MaxOutputTokens)),
        ("capabilities", model.Capabilities is { } able ? ConditionText.Of(able) : ""),
        ("unsupported", model.Unsupported == RequestFeatures.None ? "" : model.Unsupported.Text()),
        ("reasoning.efforts", model.Reasoning.Efforts == ReasoningEffort.Unsaid ? "" : EnumText.Of(model.Reasoning.Efforts)),
        ("reasoning.byBudget", model.Reasoning.ByBudget ? "true" : ""),
        ("toolsBy", model.ToolsBy == ToolsBy.ChatCompletions ? "" : EnumText.Of(model.ToolsBy)),
        ("cacheBreakpoints", model.CacheBreakpoints ? "true" : ""),
        ("prices", string.Join(", ", model.Prices.Select(PriceOf))),
        .. LimitsText.Of("limits", model.Limits),
    ];

    private static string PriceOf(PriceDocument price) =>
        $"{price.InputPerMillion}/{(price.CachedInputPerMillion.Length > 0 ? price.CachedInputPerMillion : price.InputPerMillion)}/{price.OutputPerMillion} {price.Currency} from {price.From}";

    public static IReadOnlyList<(string Field, string Value)> Of(RouteDocument route) =>
    [
        ("strategy", EnumText.Of(route.Strategy)),
        ("targets", string.Join(", ", route.Targets.Select(target => target.Model + (target.Weight == 1 ? "" : $" weight {target.Weight}") + (target.When is { } when ? $" when {ConditionText.Of(when)}" : "")))),
        ("sticky", route.Sticky is { } sticky ? sticky.Conversation ? "by conversation" : $"by {sticky.Header}" : ""),
        ("retry", route.Retry is { } retry ? $"{retry.Attempts} attempts on {EnumText.Of(retry.On)}" : ""),
        ("hedge", route.HedgeAfter is { } after ? $"after {Span(after)}" : ""),
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(WorkloadDocument workload) =>
    [
        ("models.allow", List(workload.AllowedModels)),
        ("models.deny", string.Join(", ", workload.DeniedModels)),
        .. LimitsText.Of("limits", workload.Limits),
        ("priority", EnumText.Of(workload.Priority)),
        ("routes", string.Join(", ", workload.Routes.Select(route => $"{route.Key} by {route.Value}"))),
        .. Of(workload.Timeouts),
    ];

    public static IReadOnlyList<(string Field, string Value)> Of(TenantDocument tenant) =>
    [
        ("models.allow", List(tenant.AllowedModels)),
        ("models.deny", string.Join(", ", tenant.DeniedModels)),
        ("residency.allow", List(tenant.AllowedRegions)),
        ("tags.require", string.Join(", ", tenant.Tags?.Require ?? [])),
        ("tags.allow", string.Join("; ", tenant.Tags?.Allow.Select(tag => $"{tag.Key}: {List(tag.Value)}") ?? [])),
        ("tags.default", string.Join(", ", tenant.Tags?.Default.Select(tag => $"{tag.Key}={tag.Value}") ?? [])),
        ("workloads.allow", List(tenant.Workloads?.Allow)),
        ("workloads.default", tenant.Workloads?.Default ?? ""),
        ("dataClasses.floor", string.Join(", ", tenant.DataClasses?.Floor ?? [])),
        ("dataClasses.rules", string.Join("; ", tenant.DataClasses?.Rules.Select(rule => $"{rule.Key}: {DataClassText.Of(rule.Value)}") ?? [])),
        .. LimitsText.Of(tenant.Limits),
        ("featureGaps", tenant.FeatureGaps == FeatureGaps.Unspecified ? "" : EnumText.Of(tenant.FeatureGaps)),
        ("observe", tenant.Observe == ObservedRules.None ? "" : EnumText.Of(tenant.Observe)),
    ];

    private static IEnumerable<(string Field, string Value)> Of(TimeoutsDocument timeouts) =>
    [
        ("timeouts.connect", Span(timeouts.Connect)), ("timeouts.firstToken", Span(timeouts.FirstToken)), ("timeouts.idle", Span(timeouts.Idle)), ("timeouts.total", Span(timeouts.Total)),
    ];

    private static string Span(TimeSpan? span) => span is { } known ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{known.TotalSeconds} s") : "";

    private static string Number(long? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    // Absent is inherited, empty is nothing: they must not look alike.
    private static string List(IReadOnlyCollection<string>? values) => values is null ? "" : values.Count == 0 ? "[]" : string.Join(", ", values);
}
