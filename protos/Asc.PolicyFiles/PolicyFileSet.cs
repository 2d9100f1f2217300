using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.Policy.Validation;

namespace Asc.PolicyFiles;

/// <summary>Policy files as read: the resources, where each part of them stands, and what is wrong with the files as such.</summary>
public sealed class PolicyFileSet
{
    private readonly IReadOnlyList<LocatedResource> located;

    internal PolicyFileSet(IReadOnlyList<LocatedResource> located, IReadOnlyList<FileProblem> problems)
    {
        this.located = located;
        Problems = problems;
    }

    /// <summary>What the files declare; of a resource with problems, as much of it as could be read.</summary>
    public IEnumerable<Resource> Resources => located.Select(entry => entry.Resource);

    /// <summary>What is wrong with the files as such: syntax, unknown fields, wrong types.</summary>
    public IReadOnlyList<FileProblem> Problems { get; }

    /// <summary>Everything that is wrong, files and policy together, in the files' order.</summary>
    public IReadOnlyList<FileProblem> Validate()
    {
        var ofPolicy = PolicyValidator.Validate(Resources.ToDocument())
            .SelectMany(problem => Locate(problem.Severity, problem.Kind, problem.Name, problem.Path, problem.Code, problem.Message, problem.Fix))
            // A field that could not be read is told once, not a second time as missing.
            .Where(problem => !Problems.Any(known => known.File == problem.File && known.Path.Length > 0 && IsAtOrBelow(problem, known)));
        return [.. Problems.Concat(ofPolicy).Distinct().OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)];
    }

    /// <summary>Where in the files a problem of the policy stands; of a duplicate each place but the first.</summary>
    public IEnumerable<FileProblem> Locate(ProblemSeverity severity, string kind, string name, string path, string code, string message, string fix)
    {
        var places = located.Where(entry => entry.Resource.Kind() == kind && entry.Resource.Identity() == name).ToArray();
        var shown = code == "duplicate" && places.Length > 1 ? places.Skip(1) : places.Take(1);
        var found = shown.Select(place =>
        {
            var (line, column) = place.PositionOf(path);
            var first = places.Length > 1 && code == "duplicate" ? $" (first in {places[0].File}, line {places[0].PositionOf("").Line})" : "";
            return new FileProblem(severity, place.File, line, column, path, code, message + first, fix);
        }).ToArray();
        // What no file declares, the draft does.
        return found.Length > 0 ? found : [new FileProblem(severity, "", 0, 0, path, code, kind.Length > 0 ? $"{kind} {name}: {message}" : message, fix)];
    }

    private bool IsAtOrBelow(FileProblem problem, FileProblem known) =>
        (problem.Path + ".").Replace('[', '.').StartsWith(known.Path.Replace('[', '.') + ".", StringComparison.Ordinal)
        && located.Any(entry => entry.File == known.File && entry.Contains(known.Line) && entry.Contains(problem.Line));
}
