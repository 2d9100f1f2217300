using Asc.Contracts.Distribution.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.DataPlane.Tests;

/// <summary>A node without a control plane: what it would be sent, tests hand to it.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplication application;

    /// <param name="composition">What the test composes otherwise than the product.</param>
    /// <param name="configure">What it is told otherwise than others.</param>
    public TestNode(TestPublisher publisher, string region, string? directory = null, Action<IServiceCollection>? composition = null, IReadOnlyDictionary<string, string>? secrets = null, Action<DataPlaneOptions>? configure = null)
    {
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("asc-node-").FullName;
        var options = new DataPlaneOptions
        {
            Name = $"{region}-1", Region = region, ListenAddress = "127.0.0.1", Port = 0, AdminPort = 0, ControlPlane = new("http://127.0.0.1:9"), NodeToken = "none",
            DataDirectory = Directory, InlineScheduling = false, ReconnectDelayMaximum = TimeSpan.FromMinutes(1),
        };
        options.TrustedKeys.Add(publisher.Key.Verifier.ToString());
        configure?.Invoke(options);
        application = DataPlaneHost.Build(options, secrets, builder =>
        {
            builder.Logging.ClearProviders();
            composition?.Invoke(builder.Services);
        });
    }

    public string Directory { get; }

    public SnapshotInstaller Snapshots => Get<SnapshotInstaller>();

    public AccessInstaller Access => Get<AccessInstaller>();

    public AccessList AccessList => Get<AccessList>();

    public EnforcedPolicy? Policy => Get<PolicyHolder>().Current;

    public T Get<T>()
        where T : notnull => application.Services.GetRequiredService<T>();

    /// <summary>Brings a batch into force and fetches what it needs, as a subscription does.</summary>
    public Task ApplyAsync(SignedAccessBatch batch, TestPublisher publisher)
    {
        Access.Apply(batch);
        return Access.FetchLackingGrantsAsync(publisher, CancellationToken.None);
    }

    /// <summary>Reads what the volume kept, as a start does, without listening.</summary>
    public TestNode Load()
    {
        Access.Load();
        Snapshots.LoadLastKnownGood();
        return this;
    }

    /// <summary>Listens; gives the clients' address.</summary>
    public async Task<Uri> StartAsync()
    {
        await application.StartAsync();
        return new(application.Urls.First());
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
