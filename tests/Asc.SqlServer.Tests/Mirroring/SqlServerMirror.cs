using System.Linq.Expressions;
using System.Reflection;
using Asc.Persistence;
using Asc.Persistence.SqlServer;
using Asc.SqlServer.Tests.Capturing;
using Asc.SqlServer.Tests.Completeness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace Asc.SqlServer.Tests.Mirroring;

/// <summary>
/// Watches contexts on SQLite: each query that they run and each change that they save is also made on a SQL Server context that sends
/// nothing, and what it would have sent is kept. A mirror's own failures are kept too, so that they don't change what is watched.
/// </summary>
internal sealed class SqlServerMirror : SaveChangesInterceptor
{
    private static readonly MethodInfo DrainMethod = typeof(SqlServerMirror).GetMethod(nameof(Drain), BindingFlags.NonPublic | BindingFlags.Static)!;
    private readonly Lock gate = new();
    private readonly Dictionary<string, SentCommand> commands = [];
    private readonly List<string> failures = [];
    private readonly HashSet<CallSite> reached = [];

    /// <summary>What would have been sent, each command once.</summary>
    public IReadOnlyCollection<SentCommand> Commands => commands.Values;

    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>The places in the control plane where a query was built or run.</summary>
    public IReadOnlySet<CallSite> Reached => reached;

    /// <summary>A context as in production, but for retries: what its <paramref name="interceptors"/> answer is the answer.</summary>
    public static ControlPlaneContext OpenServer(params IInterceptor[] interceptors)
    {
        var builder = new DbContextOptionsBuilder<ControlPlaneContext>().UseControlPlaneSqlServer("Server=nowhere.invalid");
        builder.UseSqlServer(server => server.ExecutionStrategy(dependencies => new Microsoft.EntityFrameworkCore.Storage.NonRetryingExecutionStrategy(dependencies)));
        builder.AddInterceptors(interceptors);
        return new(builder.Options);
    }

    public void Watch(DbContextOptionsBuilder<ControlPlaneContext> builder) =>
        builder.AddInterceptors(this).ReplaceService<IAsyncQueryProvider, MirroredQueries>();

    public static SqlServerMirror Of(IDbContextOptions options) =>
        options.FindExtension<CoreOptionsExtension>()!.Interceptors!.OfType<SqlServerMirror>().Single();

    /// <summary>An operator is applied to a query, or a query is run.</summary>
    /// <param name="operatorName">Null: the stack tells.</param>
    public void Reach(string? operatorName = null)
    {
        if (CallSite.Current(operatorName) is { } site)
        {
            lock (gate)
            {
                reached.Add(site);
            }
        }
    }

    public void Query<TResult>(Expression query) => Mirror(query.ToString(), mayLackRows: true, server =>
    {
        var result = server.GetService<IAsyncQueryProvider>().ExecuteAsync<TResult>(new RootSwap(server).Visit(query));
        if (result is Task task)
        {
            // Complete already: nothing is waited for.
            task.GetAwaiter().GetResult();
        }
        else
        {
            DrainMethod.MakeGenericMethod(typeof(TResult).GenericTypeArguments[0]).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [result], null);
        }
    });

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Save(eventData.Context!.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToArray());
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        throw new InvalidOperationException("the control plane saves asynchronously");

    private static void Drain<T>(IAsyncEnumerable<T> rows)
    {
        var row = rows.GetAsyncEnumerator();
        row.MoveNextAsync().AsTask().GetAwaiter().GetResult();
        row.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Save(EntityEntry[] entries)
    {
        if (entries.Length == 0)
        {
            return;
        }

        Mirror(string.Join(", ", entries.Select(entry => $"{entry.State} {entry.Metadata.ClrType.Name}")), mayLackRows: false, server =>
        {
            foreach (var entry in entries)
            {
                Copy(entry, server);
            }

            // As the control plane does, and complete at once.
            server.SaveChangesAsync().GetAwaiter().GetResult();
        });
    }

    // Of the entity itself both contexts would hold the same object.
    private static void Copy(EntityEntry entry, ControlPlaneContext server)
    {
        var copy = server.Entry(entry.CurrentValues.ToObject());
        copy.State = entry.State;
        foreach (var property in entry.Properties.Where(property => entry.State != EntityState.Added && !property.Metadata.IsPrimaryKey()))
        {
            var copied = copy.Property(property.Metadata.Name);
            copied.OriginalValue = property.OriginalValue;
            copied.IsModified = property.IsModified;
        }
    }

    private void Mirror(string what, bool mayLackRows, Action<ControlPlaneContext> act)
    {
        var capture = new CommandCapture();
        string? failure = null;
        try
        {
            using var server = OpenServer(capture);
            act(server);
        }
        catch (InvalidOperationException) when (mayLackRows && capture.Commands.Count > 0)
        {
            // No row, where one was asked for: the command was made before.
        }
        catch (Exception exception)
        {
            failure = $"{what}\n{exception.GetType().Name}: {exception.Message}";
        }

        lock (gate)
        {
            failures.AddRange(failure is null ? [] : [failure]);
            capture.Commands.ForEach(command => commands.TryAdd(command.Key, command));
        }
    }
}
