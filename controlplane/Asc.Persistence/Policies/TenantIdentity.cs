namespace Asc.Persistence.Policies;

/// <summary>The opaque id that keys know a tenant by. Kept for ever: a path that comes back is the same tenant.</summary>
public sealed class TenantIdentity
{
    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
