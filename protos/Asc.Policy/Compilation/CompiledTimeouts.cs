using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>How long a caller waits for a provider.</summary>
/// <param name="Connect">For a connection.</param>
/// <param name="FirstToken">From the request to the first token of a stream.</param>
/// <param name="Idle">Between two events of a stream.</param>
/// <param name="Total">From the request to the end of its answer: one that comes whole comes when all of it has been generated.</param>
public sealed record CompiledTimeouts(TimeSpan Connect, TimeSpan FirstToken, TimeSpan Idle, TimeSpan Total)
{
    /// <summary>Where a provider says nothing.</summary>
    public static CompiledTimeouts Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(120), TimeSpan.FromMinutes(10));

    /// <summary>These, but for what <paramref name="declared"/> says otherwise.</summary>
    public CompiledTimeouts With(TimeoutsDocument declared) => declared == TimeoutsDocument.None
        ? this
        : new(declared.Connect ?? Connect, declared.FirstToken ?? FirstToken, declared.Idle ?? Idle, declared.Total ?? Total);
}
