using System.Collections.Immutable;
using Asc.Contracts.Policy.V1;
using Asc.Policy.Documents;
using ToolsBy = Asc.Policy.Documents.ToolsBy;

namespace Asc.Contracts.Policy;

/// <summary>Models and routes, from the wire to the document.</summary>
internal static class RoutingMapping
{
    public static ModelDocument Model(string name, ModelSpec spec) => new(name, [.. spec.Deployments.Select(Deployment)])
    {
        Catalogue = spec.Catalogue,
        ContextWindow = spec.HasContextWindow ? spec.ContextWindow : null,
        MaxOutputTokens = spec.HasMaxOutputTokens ? spec.MaxOutputTokens : null,
        Prices = [.. spec.Prices.Select(price => new PriceDocument(price.From, price.Currency, price.InputPerMillion, price.CachedInputPerMillion, price.OutputPerMillion))],
        Capabilities = spec.Capabilities.Count > 0 ? CapabilityMapping.All(spec.Capabilities) : null,
        Unsupported = CapabilityMapping.All(spec.Unsupported),
        Reasoning = spec.Reasoning is { } reasoning ? new(CapabilityMapping.All(reasoning.Efforts), reasoning.ByBudget) : ReasoningDocument.None,
        ToolsBy = spec.ToolsBy == V1.ToolsBy.Responses ? ToolsBy.Responses : ToolsBy.ChatCompletions,
        CacheBreakpoints = spec.CacheBreakpoints,
        Limits = spec.Limits.ToDocument(),
    };

    public static RouteDocument Route(string name, RouteSpec spec) => new(name, [.. spec.Targets.Select(Target)])
    {
        Strategy = spec.Strategy switch
        {
            Strategy.Weighted => RouteStrategy.Weighted,
            Strategy.LeastLatency => RouteStrategy.LeastLatency,
            Strategy.LeastCost => RouteStrategy.LeastCost,
            _ => RouteStrategy.Priority,
        },
        Retry = Retry(spec.Retry),
        HedgeAfter = spec.Hedge is { } hedge ? AttributionMapping.Span(hedge.After) ?? TimeSpan.Zero : null,
        Sticky = spec.Sticky is { } sticky ? new(sticky.Header, sticky.Conversation) : null,
    };

    private static DeploymentDocument Deployment(Deployment deployment) =>
        new(deployment.Provider, deployment.UpstreamModel, deployment.Region.Length > 0 ? deployment.Region : null, DocumentMapping.List(deployment.Attestations))
        {
            ReportedRegions = DocumentMapping.List(deployment.ReportedRegions),
        };

    private static RouteTargetDocument Target(RouteTarget target) =>
        new(target.Model, target.HasWeight ? (int)Math.Min(target.Weight, int.MaxValue) : 1, target.When is { } when ? Condition(when) : null);

    private static TargetConditionDocument Condition(TargetCondition when) => new(
        [.. when.Workload],
        when.Tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value.Values.ToImmutableArray(), StringComparer.Ordinal),
        [.. when.DataClass],
        when.PromptTokens?.AtLeast ?? 0,
        when.PromptTokens is { HasAtMost: true, AtMost: var most } ? most : null,
        CapabilityMapping.All(when.Uses));

    private static RetryDocument? Retry(Retry? retry) => retry is null
        ? null
        : new(
            retry.HasAttempts ? (int)Math.Min(retry.Attempts, int.MaxValue) : RetryDocument.Default.Attempts,
            retry.On.Count == 0 ? RetryDocument.Default.On : retry.On.Aggregate(RetryableFailures.None, (all, failure) => all | Failure(failure)));

    private static RetryableFailures Failure(Failure failure) => failure switch
    {
        V1.Failure.RateLimit => RetryableFailures.RateLimit,
        V1.Failure.ServerError => RetryableFailures.ServerError,
        V1.Failure.Timeout => RetryableFailures.Timeout,
        _ => RetryableFailures.None,
    };
}
