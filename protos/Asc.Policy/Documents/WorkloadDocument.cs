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

    /// <summary>Never null.</summary>
    public TimeoutsDocument Timeouts { get; init; } = Timeouts ?? TimeoutsDocument.None;
}
