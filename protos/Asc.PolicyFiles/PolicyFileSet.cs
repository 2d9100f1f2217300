using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.Policy.Validation;

namespace Asc.PolicyFiles;

/// <summary>Policy files as read: the resources, where each part of them stands, and what is wrong with the files as such.</summary>
public sealed class PolicyFileSet
{
    private readonly IReadOnlyList<LocatedResource> located;
    private readonly Dictionary<(string Kind, string Name), LocatedResource[]> copies;

    internal PolicyFileSet(IReadOnlyList<LocatedResource> located, IReadOnlyList<FileProblem> problems)
    {
        this.located = located;
        copies = located.GroupBy(entry => (entry.Resource.Kind(), entry.Resource.Identity())).ToDictionary(group => group.Key, group => group.ToArray());
        Problems = problems;
    }

    /// <summary>What the files declare; of a resource with problems, as much of it as could be read.</summary>
    public IEnumerable<Resource> Resources => located.Select(entry => entry.Resource);

    /// <summary>Where they stand, and each of their fields; of one that is given twice, the first. Names no place on this machine.</summary>
    public IEnumerable<ResourceSource> Sources => copies.Values.Select(places => ResourceSources.Of(places[0]));

    /// <summary>What is wrong with the files as such: syntax, unknown fields, wrong types.</summary>
    public IReadOnlyList<FileProblem> Problems { get; }

    /// <summary>Everything that is wrong, files and policy together, in the files' order.</summary>
    public IReadOnlyList<FileProblem> Validate()
    {
        var ofPolicy = Enumerable.Range(0, copies.Values.Select(places => places.Length).DefaultIfEmpty(0).Max())
            .SelectMany(ValidateCopy)
            .Concat(copies.Where(entry => entry.Key.Name.Length > 0).SelectMany(entry => Duplicates(entry.Key.Kind, entry.Key.Name, entry.Value)));
        return ProblemsAnd(ofPolicy);
    }

    /// <summary>What is wrong with the files as such, and what is wrong with the policy as far as it could be read, in the files' order.</summary>
    public IReadOnlyList<FileProblem> ProblemsAnd(IEnumerable<FileProblem> ofPolicy) =>
    [
        // A field that could not be read is told once, not a second time as missing.
        .. Problems.Concat(ofPolicy.Where(problem => !Problems.Any(known => known.File == problem.File && known.Path.Length > 0 && IsAtOrBelow(problem, known))))
            .Distinct().OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column),
    ];

    /// <summary>Where in the files a problem that the control plane found stands; of a resource that is given twice, each place but the first.</summary>
    public IEnumerable<FileProblem> Locate(ProblemSeverity severity, string kind, string name, string path, string code, string message, string fix)
    {
        var problem = new PolicyProblem(severity, kind, name, path, code, message, fix);
        if (!copies.TryGetValue((kind, name), out var places))
        {
            // What no file declares, the draft does.
            return [Undeclared(problem)];
        }

        return (code, path) == ("duplicate", "metadata") ? places.Skip(1).Select(place => Duplicate(problem, place, places[0])) : [At(places[0], problem)];
    }

    // With the n-th copy of what is declared so often, so that each copy is judged as if it were the one that stays.
    private IEnumerable<FileProblem> ValidateCopy(int n)
    {
        var document = copies.Values.Select(places => places.Length > n ? places[n] : places[0]).Select(place => place.Resource).ToDocument();
        foreach (var problem in PolicyValidator.Validate(document))
        {
            var places = copies.GetValueOrDefault((problem.Kind, problem.Name), []);
            if (places.Length > n)
            {
                yield return At(places[n], problem);
            }
            else if (places.Length == 0 && n == 0)
            {
                yield return Undeclared(problem);
            }
        }
    }

    private static IEnumerable<FileProblem> Duplicates(string kind, string name, LocatedResource[] places)
    {
        var path = kind == "Tenant" ? "metadata.path" : "metadata.name";
        var problem = new PolicyProblem(ProblemSeverity.Error, kind, name, path, "duplicate", $"{kind} {name} is defined {places.Length} times", "keep one");
        return places.Skip(1).Select(place => Duplicate(problem, place, places[0]));
    }

    private static FileProblem Duplicate(PolicyProblem problem, LocatedResource place, LocatedResource first) =>
        At(place, problem with { Message = $"{problem.Message} (first in {first.File}, line {first.PositionOf("").Line})" });

    private static FileProblem At(LocatedResource place, PolicyProblem problem)
    {
        var (line, column) = place.PositionOf(problem.Path);
        return new(problem.Severity, place.File, line, column, problem.Path, problem.Code, problem.Message, problem.Fix);
    }

    private static FileProblem Undeclared(PolicyProblem problem) => new(
        problem.Severity, "", 0, 0, problem.Path, problem.Code, problem.Kind.Length > 0 ? $"{problem.Kind} {problem.Name}: {problem.Message}" : problem.Message, problem.Fix);

    private bool IsAtOrBelow(FileProblem problem, FileProblem known) =>
        (problem.Path + ".").Replace('[', '.').StartsWith(known.Path.Replace('[', '.') + ".", StringComparison.Ordinal)
        && located.Any(entry => entry.File == known.File && entry.Contains(known.Line) && entry.Contains(problem.Line));
}
