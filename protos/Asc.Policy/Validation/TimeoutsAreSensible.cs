using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A timeout is long enough to be met, and none is longer than the one for all of it.</summary>
internal sealed class TimeoutsAreSensible : IPolicyRule
{
    private static readonly TimeSpan Maximum = TimeSpan.FromHours(24);

    public IEnumerable<PolicyProblem> Check(ValidationContext context) =>
        context.Document.Providers.SelectMany(provider => Check("Provider", provider.Name, provider.Timeouts))
            .Concat(context.Document.Workloads.SelectMany(workload => Check("Workload", workload.Name, workload.Timeouts)));

    private static IEnumerable<PolicyProblem> Check(string kind, string name, TimeoutsDocument timeouts)
    {
        foreach (var (field, span) in new[] { ("connect", timeouts.Connect), ("firstToken", timeouts.FirstToken), ("idle", timeouts.Idle), ("total", timeouts.Total) })
        {
            var path = $"spec.timeouts.{field}";
            if (span <= TimeSpan.Zero || span > Maximum)
            {
                yield return Problems.Error(kind, name, path, "invalid_duration", $"{path} is not between 1 ms and {Maximum.TotalHours} h", "write it as 2s, 10m or 1h");
            }
            else if (span > timeouts.Total)
            {
                yield return Problems.Error(kind, name, path, "longer_than_total", $"{path} is longer than spec.timeouts.total, and would never be met", "make it shorter, or total longer");
            }
        }
    }
}
