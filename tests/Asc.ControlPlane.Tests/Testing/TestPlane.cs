using System.Collections.Concurrent;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;
using Asc.Persistence;
using Asc.Persistence.Sqlite;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>A real control plane on a free port, with its database in a temporary file. Disposing it checks what it logged.</summary>
internal sealed class TestPlane : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentBag<string> secrets;
    private readonly bool ownsDatabase;

    private TestPlane(WebApplication app, ControlPlaneOptions options, SigningKey signingKey, LogCapture logs, string adminToken, ConcurrentBag<string> secrets, bool ownsDatabase)
    {
        (this.app, Options, SigningKey, Logs, AdminToken, this.secrets, this.ownsDatabase) = (app, options, signingKey, logs, adminToken, secrets, ownsDatabase);
        Addresses = ControlPlaneHost.AddressesOf(app);
        Channel = GrpcChannel.ForAddress(Addresses.Grpc);
        Admin = new(As(adminToken));
    }

    public ControlPlaneOptions Options { get; }

    public SigningKey SigningKey { get; }

    public LogCapture Logs { get; }

    public string AdminToken { get; }

    public ControlPlaneAddresses Addresses { get; }

    public GrpcChannel Channel { get; }

    public Contracts.Admin.V1.Admin.AdminClient Admin { get; }

    /// <summary>Log lines of level error that the test expects.</summary>
    public int ExpectedErrors { get; set; }

    public IServiceProvider Services => app.Services;

    private string DatabaseFile => Options.ConnectionString["Data Source=".Length..];

    public static async Task<TestPlane> StartAsync(TimeProvider? time = null, Action<ControlPlaneOptions>? configure = null, IInterceptor? outage = null)
    {
        var options = new ControlPlaneOptions
        {
            ConnectionString = $"Data Source={Path.Combine(Path.GetTempPath(), $"asc-{Guid.NewGuid():N}.db")}",
            Port = 0,
            HeartbeatInterval = TimeSpan.FromSeconds(1),
        };
        configure?.Invoke(options);
        await ControlPlaneHost.MigrateAsync(options);
        var token = await ControlPlaneHost.BootstrapAsync(options, "root");
        return await StartAsync(options, SigningKey.Generate("test"), token, time, [token], ownsDatabase: true, outage);
    }

    /// <summary>Another control plane on the same database.</summary>
    public Task<TestPlane> StartReplicaAsync() => StartAsync(Options, SigningKey, AdminToken, time: null, secrets, ownsDatabase: false);

    /// <summary>Stops, and starts again on what is stored.</summary>
    public async Task<TestPlane> RestartAsync()
    {
        Channel.Dispose();
        // As a process does: what still reads must not meet services that are gone.
        await app.StopAsync();
        await app.DisposeAsync();
        return await StartAsync(Options, SigningKey, AdminToken, time: null, secrets, ownsDatabase);
    }

    /// <summary>Copies the database, as it stands, to a file.</summary>
    public string Backup()
    {
        var path = DatabaseFile + ".backup";
        using var from = new SqliteConnection(Options.ConnectionString);
        using var to = new SqliteConnection($"Data Source={path};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
        return path;
    }

    /// <summary>Stops, puts a backup in the database's place (null: an empty database), and starts again.</summary>
    public async Task<TestPlane> RestoreAsync(string? backup)
    {
        Channel.Dispose();
        // As a process does: what still reads must not meet services that are gone.
        await app.StopAsync();
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Array.ForEach(["-wal", "-shm", ""], suffix => File.Delete(DatabaseFile + suffix));
        if (backup is not null)
        {
            File.Move(backup, DatabaseFile);
            return await StartAsync(Options, SigningKey, AdminToken, time: null, secrets, ownsDatabase);
        }

        await ControlPlaneHost.MigrateAsync(Options);
        return await StartAsync(Options, SigningKey, await ControlPlaneHost.BootstrapAsync(Options, "root"), time: null, secrets, ownsDatabase);
    }

    /// <summary>An invoker that carries a token.</summary>
    public CallInvoker As(string? token) => Channel.Intercept(metadata =>
    {
        if (token is not null)
        {
            metadata.Add("authorization", $"Bearer {token}");
        }

        return metadata;
    });

    public PolicyDistribution.PolicyDistributionClient Distribution(string? nodeToken) => new(As(nodeToken));

    public Contracts.Telemetry.V1.Telemetry.TelemetryClient Telemetry(string? nodeToken) => new(As(nodeToken));

    public async Task<IssuedToken> NodeTokenAsync(string region, string pool = "main") =>
        Note(await Admin.CreateNodeTokenAsync(new() { Pool = pool, Region = region }), issued => issued.Token);

    public async Task<IssuedKey> KeyAsync(string tenant, params string[] models) =>
        Note(await Admin.CreateKeyAsync(new() { Tenant = tenant, Name = "demo", Models = { models } }), issued => issued.Secret);

    /// <summary>Notes a secret that must show in no log.</summary>
    public T Note<T>(T issued, Func<T, string> secret)
    {
        secrets.Add(secret(issued));
        return issued;
    }

    public async Task<PublishResponse> PublishAsync(params Contracts.Policy.V1.Resource[] resources)
    {
        await Admin.ApplyAsync(new() { Resources = { resources } });
        return await Admin.PublishAsync(new() { Message = "for a test" });
    }

    public async Task<List<ResourceContent>> FetchAsync(string nodeToken, IEnumerable<ByteString> digests)
    {
        using var call = Distribution(nodeToken).FetchResources(new() { Sha256 = { digests } });
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        // As a process does: what still reads must not meet services that are gone.
        await app.StopAsync();
        await app.DisposeAsync();
        var lines = Logs.Lines.ToArray();
        if (ownsDatabase)
        {
            SqliteConnection.ClearAllPools();
            File.Delete(DatabaseFile);
        }

        foreach (var secret in secrets.Append(SigningKey.Export()))
        {
            Assert.That(lines.Where(line => line.Line.Contains(secret, StringComparison.Ordinal)), Is.Empty, "no secret in any log line");
        }

        var errors = lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Line).ToArray();
        Assert.That(errors, Has.Length.EqualTo(ExpectedErrors), $"nothing unexpected, but: {string.Join('\n', errors)}");
    }

    private static async Task<TestPlane> StartAsync(
        ControlPlaneOptions options, SigningKey signingKey, string token, TimeProvider? time, ConcurrentBag<string> secrets, bool ownsDatabase, IInterceptor? outage = null)
    {
        var logs = new LogCapture();
        var app = ControlPlaneHost.Build(options, signingKey, time, host =>
        {
            host.Logging.AddProvider(logs);
            if (outage is not null)
            {
                var database = new DbContextOptionsBuilder<ControlPlaneContext>().UseControlPlaneSqlite(options.ConnectionString).AddInterceptors(outage);
                host.Services.AddSingleton(new ControlPlaneStore(new ControlPlaneContextFactory(database.Options), new SqliteDriver()));
            }
        });
        await app.StartAsync();
        return new TestPlane(app, options, signingKey, logs, token, secrets, ownsDatabase);
    }
}
