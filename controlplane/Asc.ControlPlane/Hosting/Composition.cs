using Asc.Contracts.Signing;
using Asc.ControlPlane.Access;
using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Distribution;
using Asc.ControlPlane.Events;
using Asc.ControlPlane.Explanation;
using Asc.ControlPlane.Keys;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Nodes;
using Asc.ControlPlane.Observability;
using Asc.ControlPlane.Policies;
using Asc.ControlPlane.Rates;
using Asc.ControlPlane.Replay;
using Asc.ControlPlane.Switches;
using Asc.ControlPlane.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Asc.ControlPlane.Hosting;

/// <summary>What the control plane consists of.</summary>
internal static class Composition
{
    private const int MaximumMessage = 16 * 1024 * 1024;

    public static void AddControlPlane(this IServiceCollection services, ControlPlaneOptions options, SigningKey signingKey, TimeProvider time)
    {
        services.AddSingleton(options).AddSingleton(signingKey).AddSingleton(time);
        services.TryAddSingleton(_ => DatabaseSetup.OpenStore(options));
        services.AddHostedService<StartupCheck>();

        services.AddSingleton<CommitWatch>().AddHostedService(provider => provider.GetRequiredService<CommitWatch>());
        services.AddSingleton<ManifestSource>().AddSingleton<AccessState>().AddSingleton<AccessJournal>().AddSingleton<SnapshotBoard>();
        services.AddSingleton<LiveStreams>().AddSingleton<NodeLedger>().AddSingleton<ContentVault>();
        services.AddSingleton<DatabaseOutage>().AddSingleton<OutageStock>().AddHostedService(provider => provider.GetRequiredService<OutageStock>());

        services.AddSingleton<PolicyLibrary>().AddSingleton<ManifestWriter>().AddScoped<DraftWriter>().AddScoped<OrphanedKeys>().AddScoped<PolicyPublisher>();
        services.AddSingleton<VersionReader>().AddSingleton<ResourceReader>().AddSingleton<PolicyDiff>().AddSingleton<TenantDescription>();
        services.AddScoped<AccessLane>().AddScoped<KeyIssuer>().AddScoped<SwitchBoard>().AddSingleton<KeyReader>();
        services.AddSingleton<NodeDirectory>().AddSingleton<NodeReader>();
        services.AddSingleton<DecisionExplainer>().AddSingleton<RecordExplainer>().AddSingleton<PolicyReplay>().AddSingleton<EventStream>();
        services.AddSingleton<RecordIngestor>().AddSingleton<KeyUse>().AddSingleton<IngestionMeters>().AddSingleton<Readiness>();

        services.AddSingleton<ShareLedger>().AddSingleton<ShareCalls>().AddSingleton<SteadyClock>().AddSingleton<NodeNames>();

        services.AddSingleton<ICallerAuthenticator, TokenAuthenticator>().AddSingleton<NodeTokens>();
        services.AddMediation();
        services.AddMetrics();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaximumMessage;
            grpc.MaxSendMessageSize = MaximumMessage;
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<CallerInterceptor>();
        });
    }

    public static void MapControlPlane(this WebApplication app)
    {
        app.MapGrpcService<AdminService>();
        app.MapGrpcService<PolicyDistributionService>();
        app.MapGrpcService<TelemetryService>();
        app.MapGrpcService<AccountingService>();
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<ILogger<Readiness>>()
            .Listening(ControlPlaneHost.AddressesOf(app).Grpc, app.Services.GetRequiredService<SigningKey>().Verifier.KeyId));
        app.MapGet("/healthz", () => Results.Text("ok\n"));
        app.MapGet("/readyz", (Readiness readiness) => readiness.Answer());
    }
}
