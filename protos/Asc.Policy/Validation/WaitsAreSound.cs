using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Timeouts, retries and hedges are such as can be meant.</summary>
internal sealed class WaitsAreSound : IPolicyRule
{
    private static readonly TimeSpan Maximum = TimeSpan.FromHours(1);

    public IEnumerable<PolicyProblem> Check(ValidationContext context) =>
        context.Document.Providers.SelectMany(provider => Timeouts("Provider", provider.Name, provider.Timeouts)).Concat(context.Document.Routes.SelectMany(Route));

    private static IEnumerable<PolicyProblem> Route(RouteDocument route)
    {
        if (route.Retry is { Attempts: < 1 or > RetryDocument.MaximumAttempts })
        {
            yield return Problems.Error(
                "Route", route.Name, "spec.retry.attempts", "out_of_range", $"a deployment is called 1 to {RetryDocument.MaximumAttempts} times", "write 1 for no retry, 2 for one");
        }

        if (route.HedgeAfter is { } after && Problem("Route", route.Name, "spec.hedge.after", after) is { } problem)
        {
            yield return problem;
        }
    }

    private static IEnumerable<PolicyProblem> Timeouts(string kind, string name, TimeoutsDocument? timeouts)
    {
        if (timeouts is null)
        {
            yield break;
        }

        (string Field, TimeSpan? Value)[] fields = [("connect", timeouts.Connect), ("firstToken", timeouts.FirstToken), ("idle", timeouts.Idle), ("total", timeouts.Total)];
        foreach (var (field, value) in fields)
        {
            if (value is { } given && Problem(kind, name, $"spec.timeouts.{field}", given) is { } problem)
            {
                yield return problem;
            }
        }

        if (timeouts.Total is { } total && timeouts.FirstToken > total)
        {
            yield return Problems.Error(kind, name, "spec.timeouts.firstToken", "out_of_range", "the first token may come later than the whole answer", "make it shorter than total");
        }
    }

    private static PolicyProblem? Problem(string kind, string name, string path, TimeSpan value) => value <= TimeSpan.Zero || value > Maximum
        ? Problems.Error(kind, name, path, "out_of_range", $"{path} is not between 1ms and 1h", "write e.g. 20s")
        : null;
}
