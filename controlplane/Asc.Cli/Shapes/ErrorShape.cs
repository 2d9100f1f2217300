using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal sealed record ErrorShape(ErrorDetail Error)
{
    public static ErrorShape Of(AdminError error) => new(new ErrorDetail(error.Code, error.Message, error.Fix, error.CorrelationId));
}

internal sealed record ErrorDetail(string Code, string Message, string Fix, string CorrelationId);
