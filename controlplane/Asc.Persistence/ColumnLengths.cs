namespace Asc.Persistence;

/// <summary>How long texts may be. SQLite doesn't enforce them: whoever accepts a text checks it.</summary>
public static class ColumnLengths
{
    /// <summary>A resource's kind, an event's type.</summary>
    public const int Kind = 16;

    /// <summary>A resource's name, a tenant's path, a node's name.</summary>
    public const int Name = 256;

    /// <summary>An opaque id.</summary>
    public const int Id = 64;

    /// <summary>A region, a pool, a code.</summary>
    public const int Label = 64;

    /// <summary>A rate limit's name; with a node's, as much as an index bears.</summary>
    public const int Limit = 192;

    /// <summary>What people write: why, what went wrong.</summary>
    public const int Message = 1000;
}
