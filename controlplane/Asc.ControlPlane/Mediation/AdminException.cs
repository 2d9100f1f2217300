using Asc.Policy.Validation;

namespace Asc.ControlPlane.Mediation;

/// <summary>A refusal, as its caller is told it. Never holds a secret.</summary>
internal sealed class AdminException(string code, string message, string fix = "", IReadOnlyList<PolicyProblem>? problems = null)
    : Exception(message)
{
    /// <summary>One of <see cref="AdminCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>What to do about it.</summary>
    public string Fix { get; } = fix;

    /// <summary>With <see cref="AdminCodes.InvalidPolicy"/>: everything that is wrong.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; } = problems ?? [];

    public static AdminException NotFound(string message, string fix = "") => new(AdminCodes.NotFound, message, fix);

    public static AdminException Conflict(string message, string fix = "") => new(AdminCodes.Conflict, message, fix);

    public static AdminException NotPermitted(string message, string fix = "") => new(AdminCodes.NotPermitted, message, fix);

    public static AdminException InvalidPolicy(IReadOnlyList<PolicyProblem> problems)
    {
        var errors = problems.Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        return new(AdminCodes.InvalidPolicy, errors.Length == 1 ? errors[0].Message : $"The policy has {errors.Length} errors; the first: {errors[0].Message}", "", problems);
    }
}
