using Asc.Persistence.Access;
using Asc.Persistence.Events;
using Asc.Persistence.Keys;
using Asc.Persistence.Nodes;
using Asc.Persistence.Policies;
using Asc.Persistence.Rates;
using Microsoft.EntityFrameworkCore;

namespace Asc.Persistence;

/// <summary>The control plane's one model; what only one database has is in that provider's project.</summary>
public sealed class ControlPlaneContext(DbContextOptions<ControlPlaneContext> options) : DbContext(options)
{
    public DbSet<Counter> Counters => Set<Counter>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<DraftResource> DraftResources => Set<DraftResource>();

    public DbSet<TenantIdentity> TenantIdentities => Set<TenantIdentity>();

    public DbSet<PolicyVersion> PolicyVersions => Set<PolicyVersion>();

    public DbSet<RegionManifest> RegionManifests => Set<RegionManifest>();

    public DbSet<StoredContent> Contents => Set<StoredContent>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AccessSubject> AccessSubjects => Set<AccessSubject>();

    public DbSet<AdminToken> AdminTokens => Set<AdminToken>();

    public DbSet<NodeToken> NodeTokens => Set<NodeToken>();

    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<RateMember> RateMembers => Set<RateMember>();

    public DbSet<RateHolding> RateHoldings => Set<RateHolding>();

    public DbSet<RequestRecord> RequestRecords => Set<RequestRecord>();

    public DbSet<NodeCursor> NodeCursors => Set<NodeCursor>();

    public DbSet<AdminRecord> AdminRecords => Set<AdminRecord>();

    /// <summary>Raises a counter by <paramref name="by"/>, keeps its row locked until the commit, and returns the new value.</summary>
    public async Task<long> RaiseAsync(string counter, long by, CancellationToken cancellation)
    {
        await Counters.Where(row => row.Name == counter)
            .ExecuteUpdateAsync(row => row.SetProperty(at => at.Value, at => at.Value + by), cancellation);
        return await Counters.AsNoTracking().Where(row => row.Name == counter).Select(row => row.Value).SingleAsync(cancellation);
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.AddInterceptors(new RevisionInterceptor());

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(ControlPlaneContext).Assembly);
}
