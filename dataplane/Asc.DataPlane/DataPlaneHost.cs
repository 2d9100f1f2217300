using System.Net;
using Asc.Contracts.Signing;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Observability;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Secrets;
using Asc.DataPlane.Stages;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.OpenAiCompatible;

namespace Asc.DataPlane;

/// <summary>Composes a node.</summary>
public static class DataPlaneHost
{
    /// <summary>A node, ready to start.</summary>
    /// <param name="options">Checked already: see <see cref="DataPlaneConfiguration"/>.</param>
    /// <param name="secrets">Provider credentials by name, looked at before the environment and files; null: none.</param>
    /// <param name="configure">What else the composing program wants, e.g. its own logging.</param>
    public static WebApplication Build(
        DataPlaneOptions options, IReadOnlyDictionary<string, string>? secrets = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddDataPlane(options, secrets ?? new Dictionary<string, string>());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            ClientLimits.Set(kestrel.Limits, options);
            kestrel.Listen(IPAddress.Parse(options.ListenAddress), options.Port, ClientConnection.Mark);
            kestrel.Listen(IPAddress.Parse(options.AdminAddress), options.AdminPort);
        });
        if (options.InlineScheduling)
        {
            builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        }

        // An activity and a log scope per request, for logs that nobody writes.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        configure?.Invoke(builder);
        var application = builder.Build();
        var gateway = application.Services.GetRequiredService<GatewayPipeline>();
        var admin = new AdminPort(application.Services.GetRequiredService<PolicyHolder>(), MetricsScraping.Build(application));
        // A listener that nobody marked serves probes at most.
        application.Run(http => http.Features.Get<ClientConnection>() is { } client ? gateway.HandleAsync(http, client) : admin.HandleAsync(http));
        return application;
    }

    private static void AddDataPlane(this IServiceCollection services, DataPlaneOptions options, IReadOnlyDictionary<string, string> secrets)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(provider => new NodeIdentity(
            options.Name, options.Region, (ulong)provider.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds()));
        services.AddSingleton<ControlPlaneLink>();

        services.AddSingleton<ISignatureVerifier>(new SignatureVerifier([.. options.TrustedKeys.Select(VerifierKey.Parse)]));
        services.AddSingleton<IVersionRatchet, VersionRatchet>();
        services.AddSingleton<PolicyHolder>();
        services.AddSingleton<SnapshotReader>();
        services.AddSingleton<SnapshotInstaller>();
        services.AddSingleton(new LastKnownGood(options.DataDirectory));
        services.AddSingleton<PolicyLog>();
        services.AddHostedService<PolicySubscription>();

        services.AddSingleton<AccessList>();
        services.AddSingleton<AccessInstaller>();
        services.AddSingleton(new AccessJournal(options.DataDirectory));
        services.AddSingleton<IKeyVerifier, KeyVerifier>();

        services.AddSingleton<SecretLog>();
        services.AddSingleton(provider => new SecretStore(
            SecretSources(options, secrets), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<SecretLog>()));
        services.AddHostedService(provider => provider.GetRequiredService<SecretStore>());

        services.AddSingleton<IRecordSpool>(provider => new MemoryRecordSpool(provider.GetRequiredService<NodeIdentity>(), options.SpoolCapacity));
        services.AddSingleton<ReportLog>();
        services.AddHostedService<RecordReporter>();

        services.AddSingleton<CounterBook>();
        services.AddSingleton<LimitBinding>();
        services.AddSingleton<ModelLimiter>();
        services.AddSingleton<ShareKeeper>();
        services.AddSingleton<IShareSource>(provider => provider.GetRequiredService<ShareKeeper>());
        services.AddSingleton<ShareLog>();
        services.AddSingleton(provider => new ShareFile(options.DataDirectory, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<ShareSubscription>();
        services.AddHostedService<CounterSweep>();

        services.AddSingleton<EgressDoor>();
        services.AddSingleton<ProviderFailures>();
        services.AddSingleton<OpenAiProvider>().AddSingleton<ResponsesProvider>().AddSingleton<CompatibleProvider>().AddSingleton<AnthropicProvider>().AddSingleton<MistralProvider>().AddSingleton<ProviderDialects>();
        services.AddSingleton<ProviderCaller>();
        services.AddSingleton<HealthBoard>();
        services.AddSingleton<HedgedCalls>();
        services.AddSingleton<ResilienceLog>();
        services.AddSingleton<RecordIntent>();
        services.AddSingleton<IClientHeaderFilter, ClientHeaderFilter>();
        services.AddSingleton<IUsageInjection, UsageInjection>();
        services.AddSingleton<StageLog>();
        foreach (var stage in GatewayPipeline.Stages)
        {
            services.AddSingleton(stage);
        }

        services.AddSingleton<GatewayPipeline>();
        services.AddHostedService<TokenizerLoading>();
        services.AddSingleton<DeploymentMeters>();
        services.AddMetricsScraping(options.Name);
    }

    private static List<ISecretSource> SecretSources(DataPlaneOptions options, IReadOnlyDictionary<string, string> secrets)
    {
        var sources = new List<ISecretSource> { new GivenSecretSource(secrets) };
        if (options.SecretsDirectory is { } directory)
        {
            sources.Add(new FileSecretSource(directory));
        }

        sources.Add(new EnvironmentSecretSource());
        return sources;
    }
}
