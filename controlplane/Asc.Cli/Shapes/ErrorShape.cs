using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal sealed record ErrorShape(ErrorDetail Error)
{
    public static ErrorShape Of(AdminError error) => new(new ErrorDetail(
        error.Code, error.Message, error.Fix, error.CorrelationId,
        [.. error.Problems.Select(problem => new ErrorProblem(problem.Kind, problem.Name, problem.Path, problem.Code, problem.Message, problem.Fix))]));
}

internal sealed record ErrorDetail(string Code, string Message, string Fix, string CorrelationId, IReadOnlyList<ErrorProblem> Problems);

internal sealed record ErrorProblem(string Kind, string Name, string Path, string Code, string Message, string Fix);
