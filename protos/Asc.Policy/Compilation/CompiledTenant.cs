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
    }

    /// <summary>What the tenant itself declares.</summary>
    public TenantDocument Document { get; }

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

    /// <summary>What counts the tenant's requests together with others', its own and its ancestors', the root's first.</summary>
    public ReadOnlySpan<CompiledLimit> Limits => LimitArray;

    /// <summary>What counts each of its keys for itself.</summary>
    public ReadOnlySpan<CompiledLimit> KeyLimits => KeyLimitArray;

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
