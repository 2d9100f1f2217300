using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A node of the organisation's tree; what it declares narrows what it inherits.</summary>
/// <param name="Path">"group/subsidiary/unit"; the path shows the parent.</param>
/// <param name="AllowedModels">Names or prefix patterns that may be asked for. Null: inherited (at the root: nothing); empty: nothing.</param>
/// <param name="DeniedModels">Names or prefix patterns that may neither be asked for nor be reached through a route, here and below.</param>
/// <param name="AllowedRegions">Where this tenant's prompts may be processed. Null: inherited (at the root: nowhere); empty: nowhere.</param>
/// <param name="Id">What keys refer to, opaque; null in a document that no store has seen yet.</param>
public sealed record TenantDocument(
    string Path,
    ImmutableArray<string>? AllowedModels = null,
    ImmutableArray<string> DeniedModels = default,
    ImmutableArray<string>? AllowedRegions = null,
    string? Id = null)
{
    /// <summary>Never default.</summary>
    public ImmutableArray<string> DeniedModels { get; init; } = DeniedModels.IsDefault ? [] : DeniedModels;

    /// <summary>What it asks of tags; null: nothing of its own.</summary>
    public TagsDocument? Tags { get; init; }

    /// <summary>Which workloads it takes; null: as inherited.</summary>
    public WorkloadsDocument? Workloads { get; init; }

    /// <summary>What its data is and demands; null: nothing of its own.</summary>
    public DataClassesDocument? DataClasses { get; init; }

    /// <summary>How much this tenant and those below it may use.</summary>
    public TenantLimitsDocument Limits { get; init; } = TenantLimitsDocument.None;

    /// <summary>What becomes of requests that ask for what a translation can't carry; unspecified: as inherited (at the root: refused).</summary>
    public FeatureGaps FeatureGaps { get; init; }

    /// <summary>Of the rules here, those that are recorded and not enforced.</summary>
    public ObservedRules Observe { get; init; }

    /// <summary>What of it is enforced: without the rules that are observed. Limits stay, and count apart.</summary>
    internal TenantDocument Enforced() => Observe == ObservedRules.None ? this : this with
    {
        AllowedModels = Observe.HasFlag(ObservedRules.Models) ? null : AllowedModels,
        DeniedModels = Observe.HasFlag(ObservedRules.Models) ? [] : DeniedModels,
        Tags = Observe.HasFlag(ObservedRules.Tags) && Tags is { } tags ? new([], tags.Allow.Clear(), tags.Default) : Tags,
        Workloads = Observe.HasFlag(ObservedRules.Workloads) && Workloads is { } workloads ? workloads with { Allow = null } : Workloads,
    };

    /// <summary>The parent's path; null at a root.</summary>
    public string? ParentPath => ParentOf(Path);

    /// <summary>The path above <paramref name="path"/>; null at a root.</summary>
    public static string? ParentOf(string path) => path.LastIndexOf('/') is > 0 and var cut ? path[..cut] : null;

    /// <summary>The paths above <paramref name="path"/>, the nearest first.</summary>
    internal static IEnumerable<string> PathsAbove(string path)
    {
        for (var above = ParentOf(path); above is not null; above = ParentOf(above))
        {
            yield return above;
        }
    }
}
