using Asc.ControlPlane.Mediation;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.Persistence;
using Asc.Policy.Documents;
using Asc.Policy.Validation;

namespace Asc.ControlPlane.Policies;

/// <summary>What a policy must stand before it is a draft or a version.</summary>
internal static class PolicyChecks
{
    /// <summary>The warnings.</summary>
    /// <exception cref="AdminException">There are errors; it lists them all.</exception>
    public static IReadOnlyList<PolicyProblem> Check(PolicyContent content, PolicyDocument? published, IEnumerable<PolicyProblem>? found = null)
    {
        PolicyProblem[] problems = [.. found ?? [], .. PolicyValidator.Validate(content.Document, published)];
        return problems.Any(problem => problem.Severity == ProblemSeverity.Error) ? throw AdminException.InvalidPolicy(problems) : problems;
    }

    /// <summary>What is wrong with resources as such, before they make a document.</summary>
    /// <exception cref="AdminException">They can't make a document.</exception>
    public static void CheckShape(IReadOnlyList<Resource> resources)
    {
        var problems = resources.SelectMany(ShapeProblems).ToList();
        problems.AddRange(resources.GroupBy(resource => (Kind: resource.Kind(), Name: resource.Identity()))
            .Where(group => group.Key.Kind.Length > 0 && group.Count() > 1)
            .Select(group => Error(group.Key.Kind, group.Key.Name, "metadata", "duplicate", $"{group.Key.Kind} {group.Key.Name} is given {group.Count()} times", "Keep one of them.")));
        if (problems.Count > 0)
        {
            throw AdminException.InvalidPolicy(problems);
        }
    }

    private static IEnumerable<PolicyProblem> ShapeProblems(Resource resource)
    {
        var (kind, name) = (resource.Kind(), resource.Identity());
        if (kind.Length == 0)
        {
            yield return Error("", resource.Metadata?.Name ?? "", "spec", "no_spec", $"\"{resource.Metadata?.Name}\" has no spec of a kind that this control plane knows", $"Use one of {string.Join(", ", ResourceIdentity.Kinds)}.");
            yield break;
        }

        var path = resource.Tenant is null ? "metadata.name" : "metadata.path";
        if (name.Length == 0)
        {
            yield return Error(kind, name, path, "no_name", $"a {kind} has no {path}", "Name it.");
        }

        if (name.Length > ColumnLengths.Name)
        {
            yield return Error(kind, name, path, "too_long", $"{path} is longer than {ColumnLengths.Name} characters", "Shorten it.");
        }

        UnknownFields.Parse(Resource.Parser, CanonicalResource.Serialize(resource), out var hasUnknown);
        if (hasUnknown)
        {
            yield return Error(kind, name, "", "unknown_field", $"{kind} {name} holds fields that this control plane doesn't know", "Use a CLI of the control plane's version.");
        }
    }

    private static PolicyProblem Error(string kind, string name, string path, string code, string message, string fix) =>
        new(ProblemSeverity.Error, kind, name, path, code, message, fix);
}
