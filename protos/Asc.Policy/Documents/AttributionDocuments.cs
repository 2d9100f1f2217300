using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>What a tenant asks of the tags of its requests.</summary>
/// <param name="Require">Tags that every request carries, here and below.</param>
/// <param name="Allow">By tag, the values that it may have, here and below; a tag that isn't named may have any.</param>
/// <param name="Default">By tag, the value that a request has which doesn't carry it; the nearest tenant's stands.</param>
public sealed record TagsDocument(
    ImmutableArray<string> Require, ImmutableSortedDictionary<string, ImmutableArray<string>> Allow, ImmutableSortedDictionary<string, string> Default)
{
    /// <summary>Every tag that is named, once.</summary>
    public IEnumerable<string> Keys => Require.Concat(Allow.Keys).Concat(Default.Keys).Distinct(StringComparer.Ordinal);
}

/// <summary>Which classes a tenant's requests may be of.</summary>
/// <param name="Allow">Names. Null: inherited (at the root: all); empty: none.</param>
/// <param name="Default">Of a request that says none; the nearest tenant's stands, and without one <see cref="WorkloadDocument.Unstated"/>.</param>
public sealed record WorkloadsDocument(ImmutableArray<string>? Allow, string? Default);

/// <summary>What a tenant's data is, and what that demands.</summary>
/// <param name="Floor">Classes that all its data is of, here and below, whatever a request says.</param>
/// <param name="Rules">By class, what it demands, here and below.</param>
public sealed record DataClassesDocument(ImmutableArray<string> Floor, ImmutableSortedDictionary<string, DataClassRule> Rules);

/// <summary>What data of one class demands.</summary>
/// <param name="RequireAttestations">What a deployment must attest to process it.</param>
/// <param name="ForbidCaching">Whether ASC may not cache it.</param>
/// <param name="ForbidContentCapture">Whether ASC may not keep prompts and answers.</param>
public sealed record DataClassRule(ImmutableArray<string> RequireAttestations, bool ForbidCaching = false, bool ForbidContentCapture = false);
