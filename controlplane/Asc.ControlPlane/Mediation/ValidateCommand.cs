using MediatR;

namespace Asc.ControlPlane.Mediation;

/// <summary>Refuses what is malformed before anything is asked of the database.</summary>
internal sealed class ValidateCommand<TCommand, TResponse> : IPipelineBehavior<TCommand, TResponse>
    where TCommand : ICommand<TResponse>
{
    public Task<TResponse> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var problems = new ArgumentProblems();
        request.Validate(problems);
        problems.ThrowIfAny();
        return next();
    }
}
