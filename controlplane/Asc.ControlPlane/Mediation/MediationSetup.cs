using System.Reflection;
using MediatR;

namespace Asc.ControlPlane.Mediation;

/// <summary>MediatR by hand: its own registration package isn't held.</summary>
internal static class MediationSetup
{
    public static IServiceCollection AddMediation(this IServiceCollection services)
    {
        services.AddScoped<CommandContext>();
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        // In this order, the first one outermost.
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidateCommand<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(AuthorizeCommand<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TransactCommand<,>));
        foreach (var handler in Assembly.GetExecutingAssembly().GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var service in handler.GetInterfaces().Where(service => service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
            {
                services.AddTransient(service, handler);
            }
        }

        return services;
    }
}
