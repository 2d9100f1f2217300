using Asc.Contracts.Signing;
using Asc.ControlPlane;
using Asc.ControlPlane.Restoration;
using Asc.ControlPlane.Tokens;
using Asc.Persistence;
using Asc.Persistence.Sqlite;
using Asc.SqlServer.Tests.Mirroring;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.SqlServer.Tests;

/// <summary>A whole control plane on SQLite whose every query and change is mirrored.</summary>
internal sealed class MirroredPlane : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly GrpcChannel channel;
    private readonly string file;

    private MirroredPlane(WebApplication app, string file, SqlServerMirror mirror, LostAnswers answers, string adminToken)
    {
        (this.app, this.file, Mirror, Answers) = (app, file, mirror, answers);
        var addresses = ControlPlaneHost.AddressesOf(app);
        channel = GrpcChannel.ForAddress(addresses.Grpc);
        Health = new(addresses.Health!);
        Admin = new(As(adminToken));
    }

    public SqlServerMirror Mirror { get; }

    public LostAnswers Answers { get; }

    public Contracts.Admin.V1.Admin.AdminClient Admin { get; }

    public Uri Health { get; }

    public static async Task<MirroredPlane> StartAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"asc-mirror-{Guid.NewGuid():N}.db");
        var (mirror, answers) = (new SqlServerMirror(), new LostAnswers());
        var builder = Embedded($"Data Source={file}", mirror);
        builder.UseSqlite(sqlite => sqlite.ExecutionStrategy(dependencies => new LostAnswers.Strategy(dependencies))).AddInterceptors(answers);
        var store = new ControlPlaneStore(new ControlPlaneContextFactory(builder.Options), new SqliteDriver());
        await store.MigrateAsync(CancellationToken.None);
        var token = await AdminBootstrap.IssueAsync(store, TimeProvider.System, "root", replace: false, CancellationToken.None);
        var options = new ControlPlaneOptions { ConnectionString = $"Data Source={file}", Port = 0, HealthPort = 0 };
        var app = ControlPlaneHost.Build(options, SigningKey.Generate("test"), time: null, host => host.Services.AddSingleton(store));
        await app.StartAsync();
        return new(app, file, mirror, answers, token);
    }

    /// <summary>A context on SQLite, in memory.</summary>
    public static ControlPlaneContext OpenEmbedded(SqlServerMirror? mirror = null) => new(Embedded("Data Source=:memory:", mirror ?? new()).Options);

    public CallInvoker As(string token) => channel.Intercept(metadata =>
    {
        metadata.Add("authorization", $"Bearer {token}");
        return metadata;
    });

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(file);
    }

    public Task RestoreAsync() => NewEpoch.BeginAsync(app.Services.GetRequiredService<ControlPlaneStore>(), TimeProvider.System, "ana", "a test", CancellationToken.None);

    private static DbContextOptionsBuilder<ControlPlaneContext> Embedded(string connectionString, SqlServerMirror mirror)
    {
        var builder = new DbContextOptionsBuilder<ControlPlaneContext>().UseControlPlaneSqlite(connectionString);
        mirror.Watch(builder);
        return builder;
    }
}
