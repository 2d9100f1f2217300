using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>A tenant's effective policy: the meet of its own rules and its ancestors'.</summary>
public sealed class CompiledTenant
{
    internal CompiledTenant(TenantDocument document, CompiledTenant? parent, NameSet allowed, NameSet denied, ulong regions)
    {
        Document = document;
        Parent = parent;
        Allowed = allowed;
        Denied = denied;
        Regions = regions;
        MayLose = RequestFeatureNames.Hints | document.FeatureGaps switch
        {
            FeatureGaps.Drop when parent?.RefusesGaps != true => RequestFeatureNames.Droppable,
            FeatureGaps.Unspecified when parent is not null => parent.MayLose,
            _ => RequestFeatures.None,
        };
        RefusesGaps = document.FeatureGaps == FeatureGaps.Refuse || parent?.RefusesGaps == true;
    }

    /// <summary>What the tenant itself declares.</summary>
    public TenantDocument Document { get; }

    /// <summary>The same tenant with every rule enforced that is only observed, here or above; null where none is.</summary>
    public CompiledTenant? Strict { get; internal set; }

    /// <summary>The same tenant with what is observed of <paramref name="kinds"/> enforced, here and above, and of others not. For explanations.</summary>
    internal CompiledTenant Enforcing(ObservedRules kinds)
    {
        if (Strict is not { } strict)
        {
            return this;
        }

        CompiledTenant Of(ObservedRules kind) => kinds.HasFlag(kind) ? strict : this;
        var document = Document with
        {
            AllowedModels = Of(ObservedRules.Models).Document.AllowedModels,
            DeniedModels = Of(ObservedRules.Models).Document.DeniedModels,
            Tags = Of(ObservedRules.Tags).Document.Tags,
            Workloads = Of(ObservedRules.Workloads).Document.Workloads,
        };
        return new(document, Parent?.Enforcing(kinds), Of(ObservedRules.Models).Allowed, Of(ObservedRules.Models).Denied, Regions)
        {
            Tags = Of(ObservedRules.Tags).Tags,
            DataClasses = DataClasses,
            DefaultWorkload = DefaultWorkload,
            AllowedWorkloads = Of(ObservedRules.Workloads).AllowedWorkloads,
            LimitArray = Of(ObservedRules.Limits).LimitArray,
            KeyLimitArray = Of(ObservedRules.Limits).KeyLimitArray,
            MaxOutputTokens = Of(ObservedRules.Limits).MaxOutputTokens,
            MaxOutputOrigin = Of(ObservedRules.Limits).MaxOutputOrigin,
        };
    }

    /// <summary>The tenant above; null at a root.</summary>
    public CompiledTenant? Parent { get; }

    /// <summary>As declared.</summary>
    public string Path => Document.Path;

    /// <summary>What keys refer to; empty in a document that no store has seen.</summary>
    public string Id => Document.Id ?? "";

    /// <summary>The names that may be asked for; what is denied is already taken out.</summary>
    internal NameSet Allowed { get; }

    /// <summary>The names that may not be reached, not even through a route.</summary>
    internal NameSet Denied { get; }

    /// <summary>Where prompts may be processed.</summary>
    internal ulong Regions { get; }

    /// <summary>What it says of tags.</summary>
    public required CompiledTags Tags { get; init; }

    /// <summary>What its data is and demands.</summary>
    public required CompiledDataClasses DataClasses { get; init; }

    /// <summary>The class of a request that says none.</summary>
    public required CompiledWorkload DefaultWorkload { get; init; }

    /// <summary>The classes that it takes, a bit each.</summary>
    public required ulong AllowedWorkloads { get; init; }

    /// <summary>Whether it takes requests of <paramref name="workload"/>.</summary>
    public bool Takes(CompiledWorkload workload) => (AllowedWorkloads & workload.Bit) != 0;

    /// <summary>Whether <paramref name="candidate"/> attests what data of <paramref name="classes"/> demands.</summary>
    public bool IsAttestedFor(CompiledCandidate candidate, ulong classes) => (DataClasses.DemandsOf(classes) & ~candidate.AttestationBits) == 0;

    /// <summary>What counts the tenant's requests together with others', its own and its ancestors', the root's first.</summary>
    public ReadOnlySpan<CompiledLimit> Limits => LimitArray;

    /// <summary>What counts each of its keys for itself.</summary>
    public ReadOnlySpan<CompiledLimit> KeyLimits => KeyLimitArray;

    /// <summary>What its requests may be served without, where a translation can't carry it.</summary>
    public RequestFeatures MayLose { get; }

    // Said here or above: then nobody below lets anything be lost.
    private bool RefusesGaps { get; }

    /// <summary>How much one request may generate; null: not limited.</summary>
    public long? MaxOutputTokens { get; internal set; }

    /// <summary>Whose rule that is.</summary>
    public CompiledTenant? MaxOutputOrigin { get; internal set; }

    // Set once, while compiling: a limit names the tenant that declares it.
    internal CompiledLimit[] LimitArray { get; set; } = [];

    internal CompiledLimit[] KeyLimitArray { get; set; } = [];

    /// <summary>Whether residency lets <paramref name="candidate"/> process this tenant's prompts.</summary>
    public bool MayBeProcessedIn(CompiledCandidate candidate) => (candidate.RegionBit & Regions) != 0;

    /// <summary>This tenant and those above it, the root first.</summary>
    public IEnumerable<CompiledTenant> Lineage() => Parent is null ? [this] : Parent.Lineage().Append(this);
}
