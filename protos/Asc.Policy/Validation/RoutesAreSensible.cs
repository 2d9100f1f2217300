using System.Text.RegularExpressions;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>What a route says of order, weights, conditions and stickiness can be meant, and means something.</summary>
internal sealed partial class RoutesAreSensible : IPolicyRule
{
    private const int MaximumWeight = 1000;

    public IEnumerable<PolicyProblem> Check(ValidationContext context) =>
        context.Document.Routes.SelectMany(route => route.Targets.SelectMany((target, i) => CheckTarget(route, target, $"spec.targets[{i}]", context)).Concat(CheckSticky(route)).Concat(CheckCosts(route, context)));

    private static IEnumerable<PolicyProblem> CheckTarget(RouteDocument route, RouteTargetDocument target, string path, ValidationContext context)
    {
        if (target.Weight is < 1 or > MaximumWeight)
        {
            yield return Problems.Error("Route", route.Name, $"{path}.weight", "out_of_range", $"a weight is from 1 to {MaximumWeight}", "weights count against each other: 9 and 1 make nine of ten; who is to get nothing is removed");
        }
        else if (target.Weight != 1 && route.Strategy != RouteStrategy.Weighted)
        {
            yield return Problems.Error("Route", route.Name, $"{path}.weight", "no_effect", "only strategy: weighted looks at weights", "write strategy: weighted, or remove the weight");
        }

        foreach (var problem in target.When is { } when ? CheckCondition(route, when, $"{path}.when", context) : [])
        {
            yield return problem;
        }
    }

    private static IEnumerable<PolicyProblem> CheckCondition(RouteDocument route, TargetConditionDocument when, string path, ValidationContext context)
    {
        var workloads = context.Document.Workloads.Select(workload => workload.Name).Concat(WorkloadDocument.BuiltIn).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < when.Workloads.Length; i++)
        {
            if (!workloads.Contains(when.Workloads[i]))
            {
                yield return Problems.Dangling("Route", route.Name, $"{path}.workload[{i}]", "Workload", when.Workloads[i], workloads);
            }
        }

        var classes = context.Document.Tenants.SelectMany(tenant => tenant.DataClasses?.Rules.Keys ?? []).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < when.DataClasses.Length; i++)
        {
            if (!classes.Contains(when.DataClasses[i]))
            {
                yield return Problems.Dangling("Route", route.Name, $"{path}.dataClass[{i}]", "data class", when.DataClasses[i], classes);
            }
        }

        foreach (var (tag, _) in when.Tags.Where(tag => tag.Value.IsEmpty))
        {
            yield return Problems.Error("Route", route.Name, $"{path}.tags.{tag}", "required", $"no value of {tag} fulfils the condition", $"list those that do, e.g. {tag}: [prod]");
        }

        if (System.Numerics.BitOperations.PopCount((uint)(when.Uses & Capabilities.Kinds)) > 1)
        {
            yield return Problems.Error(
                "Route", route.Name, $"{path}.uses", "no_effect", $"no request is {ConditionText.Of(when.Uses & Capabilities.Kinds, " and ")} at once: the target takes none", "keep one of them, or write a target for each");
        }

        if (when.AtMost < 1)
        {
            yield return Problems.Error("Route", route.Name, $"{path}.promptTokens.atMost", "out_of_range", "no prompt has less than one token", "raise it, or remove it: then prompts may be of any length");
        }
        else if (when.AtMost < when.AtLeast)
        {
            yield return Problems.Error("Route", route.Name, $"{path}.promptTokens", "out_of_range", "atMost is less than atLeast: no prompt fulfils the condition", "swap them, or remove one");
        }
    }

    private static IEnumerable<PolicyProblem> CheckSticky(RouteDocument route)
    {
        if (route.Sticky is not { } sticky)
        {
            yield break;
        }

        if (route.Strategy is not (RouteStrategy.Weighted or RouteStrategy.LeastLatency))
        {
            yield return Problems.Error("Route", route.Name, "spec.sticky", "no_effect", "this strategy sends like requests alike already", "write strategy: weighted or least-latency, or remove sticky");
        }

        if (sticky.Conversation == (sticky.Header.Length > 0))
        {
            yield return Problems.Error("Route", route.Name, "spec.sticky", "required", "requests belong together by a header or by their conversation, one of both", "write { header: x-session-id } or { conversation: true }");
        }
        else if (sticky.Header.Length > 0 && (!HeaderName().IsMatch(sticky.Header) || sticky.Header is "authorization" or "x-api-key"))
        {
            yield return Problems.Error("Route", route.Name, "spec.sticky.header", "invalid_name", $"\"{sticky.Header}\" is not the name of a header that can be used", "write it in lower case, e.g. x-session-id");
        }
    }

    private static IEnumerable<PolicyProblem> CheckCosts(RouteDocument route, ValidationContext context)
    {
        if (route.Strategy != RouteStrategy.LeastCost)
        {
            yield break;
        }

        string? currency = null;
        for (var i = 0; i < route.Targets.Length; i++)
        {
            var prices = context.Models.TryGetValue(route.Targets[i].Model, out var model) ? model.Prices : [];
            if (model is not null && prices.IsEmpty)
            {
                yield return Problems.Error("Route", route.Name, $"spec.targets[{i}]", "required", $"{model.Name} has no prices, and least-cost compares them", "add spec.prices to the Model");
            }

            foreach (var other in prices.Select(price => price.Currency).Where(other => other != (currency ??= other)).Take(1))
            {
                yield return Problems.Error("Route", route.Name, $"spec.targets[{i}]", "mixed_currencies", $"{model!.Name} has prices in {other}, a target before it in {currency}", "give all targets prices in one currency");
            }
        }
    }

    // RFC 9110, 5.1, in lower case.
    [GeneratedRegex("^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$")]
    private static partial Regex HeaderName();
}
