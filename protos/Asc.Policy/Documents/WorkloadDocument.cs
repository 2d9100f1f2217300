using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A class of requests that is served in its own way.</summary>
/// <param name="Name">What requests, keys and tenants call it.</param>
/// <param name="AllowedModels">Names or prefix patterns that it may ask for. Null: all that its tenant may; empty: nothing.</param>
/// <param name="DeniedModels">Names or prefix patterns that it may neither ask for nor reach through a route.</param>
/// <param name="Routes">What is asked for, and what serves it in its place.</param>
/// <param name="Timeouts">Its own, in place of the provider's.</param>
public sealed record WorkloadDocument(
    string Name,
    ImmutableArray<string>? AllowedModels = null,
    ImmutableArray<string> DeniedModels = default,
    ImmutableSortedDictionary<string, string>? Routes = null,
    TimeoutsDocument? Timeouts = null)
{
    /// <summary>The classes that need no declaration, and restrict nothing without one.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [Unstated, "batch", "agent"];

    /// <summary>The class of a request where neither it, nor its key, nor its tenant says one.</summary>
    public const string Unstated = "interactive";

    /// <summary>Never default.</summary>
    public ImmutableArray<string> DeniedModels { get; init; } = DeniedModels.IsDefault ? [] : DeniedModels;

    /// <summary>Never null.</summary>
    public ImmutableSortedDictionary<string, string> Routes { get; init; } = Routes ?? ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Of each tenant's requests of this class, together.</summary>
    public LimitsDocument Limits { get; init; } = LimitsDocument.None;

    /// <summary>What it leaves of a limit to others when that gets short.</summary>
    public WorkloadPriority Priority { get; init; }

    /// <summary>Never null.</summary>
    public TimeoutsDocument Timeouts { get; init; } = Timeouts ?? TimeoutsDocument.None;
}

/// <summary>Who gets what is left of a limit.</summary>
public enum WorkloadPriority
{
    /// <summary>Where there are classes of high priority, leaves the last twentieth to them.</summary>
    Normal,

    /// <summary>Leaves the last fifth of each limit to others.</summary>
    Low,

    /// <summary>Leaves nothing.</summary>
    High,
}
