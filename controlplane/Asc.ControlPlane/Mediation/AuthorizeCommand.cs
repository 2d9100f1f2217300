using MediatR;

namespace Asc.ControlPlane.Mediation;

/// <summary>Whoever commands is a known admin. Roles have their place here.</summary>
internal sealed class AuthorizeCommand<TCommand, TResponse>(CommandContext context) : IPipelineBehavior<TCommand, TResponse>
    where TCommand : ICommand<TResponse>
{
    public Task<TResponse> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        context.Caller is not null
            ? next()
            : throw AdminException.NotPermitted($"{request.Action} needs an admin.");
}
