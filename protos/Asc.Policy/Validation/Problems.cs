using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Short ways to state a problem.</summary>
internal static class Problems
{
    public static PolicyProblem Error(string kind, string name, string path, string code, string message, string fix) =>
        new(ProblemSeverity.Error, kind, name, path, code, message, fix);

    public static PolicyProblem Warning(string kind, string name, string path, string code, string message, string fix) =>
        new(ProblemSeverity.Warning, kind, name, path, code, message, fix);

    public static PolicyProblem Wider(TenantDocument tenant, string path, string message, string fix) =>
        Error("Tenant", tenant.Path, path, "wider_than_parent", message, fix);

    public static PolicyProblem Required(string kind, string name, string path, string example) =>
        Error(kind, name, path, "required", $"{path} is missing", $"add it, e.g. {example}");

    public static PolicyProblem Dangling(string kind, string name, string path, string what, string wanted, IEnumerable<string> defined) => Error(
        kind, name, path, "dangling_reference", $"there is no {what} \"{wanted}\"", Suggestion.For(wanted, defined) is { } near ? $"did you mean \"{near}\"?" : $"define it, or remove the reference");

    public static string Declared(TenantDocument tenant) => tenant.AllowedModels is { } models ? string.Join(", ", models) : "nothing";
}
