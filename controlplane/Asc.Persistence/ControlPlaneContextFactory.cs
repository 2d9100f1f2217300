using Microsoft.EntityFrameworkCore;

namespace Asc.Persistence;

/// <summary>A context per use.</summary>
public sealed class ControlPlaneContextFactory(DbContextOptions<ControlPlaneContext> options) : IDbContextFactory<ControlPlaneContext>
{
    public ControlPlaneContext CreateDbContext() => new(options);
}
