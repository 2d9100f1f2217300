using Asc.Policy.Evaluation;

namespace Asc.Policy.Validation;

/// <summary>What may serve one name is ranked in a value of fixed size.</summary>
internal sealed class CandidatesAreFew : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        foreach (var model in context.Document.Models.Where(model => model.Deployments.Length > CandidateRanking.MaximumCandidates))
        {
            yield return Problems.Error(
                "Model", model.Name, "spec.deployments", "too_many", $"{model.Deployments.Length} deployments are more than the {CandidateRanking.MaximumCandidates} that a name may have", "split the model in two");
        }

        foreach (var route in context.Document.Routes)
        {
            var count = route.Targets.Sum(target => context.Models.TryGetValue(target.Model, out var model) ? model.Deployments.Length : 0);
            if (count > CandidateRanking.MaximumCandidates)
            {
                yield return Problems.Error(
                    "Route", route.Name, "spec.targets", "too_many", $"the targets have {count} deployments, more than the {CandidateRanking.MaximumCandidates} that a name may have", "split the route in two");
            }
        }
    }
}
