using Asc.Simulator.Dialects;

namespace Asc.Simulator.Azure;

internal static class AzureServices
{
    public static IServiceCollection AddAzure(this IServiceCollection services) => services
        .AddSingleton<IDialect, AzureDialect>()
        .AddSingleton<AzureEndpoints>();
}
