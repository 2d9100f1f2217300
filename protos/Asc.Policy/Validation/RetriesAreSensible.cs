using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Retries and hedges are such as can be meant.</summary>
internal sealed class RetriesAreSensible : IPolicyRule
{
    private static readonly TimeSpan Maximum = TimeSpan.FromHours(1);

    public IEnumerable<PolicyProblem> Check(ValidationContext context) => context.Document.Routes.SelectMany(Check);

    private static IEnumerable<PolicyProblem> Check(RouteDocument route)
    {
        if (route.Retry is { Attempts: < 1 or > RetryDocument.MaximumAttempts })
        {
            yield return Problems.Error(
                "Route", route.Name, "spec.retry.attempts", "out_of_range", $"a deployment is called 1 to {RetryDocument.MaximumAttempts} times", "write 1 for no retry, 2 for one");
        }

        if (route.HedgeAfter is { } after && (after <= TimeSpan.Zero || after > Maximum))
        {
            yield return Problems.Error("Route", route.Name, "spec.hedge.after", "invalid_duration", "spec.hedge.after is not between 1 ms and 1 h", "write it as 800ms or 2s");
        }
    }
}
