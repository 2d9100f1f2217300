using Asc.Policy.Validation;
using Asc.PolicyFiles;

namespace Asc.Cli.Shapes;

internal sealed record ValidationShape(bool Valid, IReadOnlyList<ProblemShape> Errors, IReadOnlyList<ProblemShape> Warnings)
{
    public static ValidationShape Of(IReadOnlyList<FileProblem> problems)
    {
        ProblemShape[] Those(ProblemSeverity severity) => [.. problems.Where(problem => problem.Severity == severity).Select(ProblemShape.Of)];
        var errors = Those(ProblemSeverity.Error);
        return new(errors.Length == 0, errors, Those(ProblemSeverity.Warning));
    }
}

internal sealed record ProblemShape(string File, int Line, int Column, string Path, string Code, string Message, string Fix)
{
    public static ProblemShape Of(FileProblem problem) =>
        new(problem.File, problem.Line, problem.Column, problem.Path, problem.Code, problem.Message, problem.Fix);
}
