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

    internal static CompiledTimeouts Of(TimeoutsDocument? declared) => declared is null
        ? Default
        : new(declared.Connect ?? Default.Connect, declared.FirstToken ?? Default.FirstToken, declared.Idle ?? Default.Idle, declared.Total ?? Default.Total);
}
