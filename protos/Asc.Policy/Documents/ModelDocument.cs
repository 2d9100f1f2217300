using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A model that requests may ask for, and where it runs, the preferred deployment first.</summary>
public sealed record ModelDocument(string Name, ImmutableArray<DeploymentDocument> Deployments)
{
    /// <summary>The entry of the catalogue that it was declared by, for people to know; empty: none.</summary>
    public string Catalogue { get; init; } = "";

    /// <summary>Tokens that a prompt and its answer may have together; null: not declared.</summary>
    public long? ContextWindow { get; init; }

    /// <summary>Tokens that an answer may have; null: not declared.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>The newest that has begun applies.</summary>
    public ImmutableArray<PriceDocument> Prices { get; init; } = [];

    /// <summary>What it can do; null: not declared, and nothing is kept from it. Where it names no kind of thing, its kind is not declared either.</summary>
    public Capabilities? Capabilities { get; init; }

    /// <summary>Parameters that it refuses.</summary>
    public RequestFeatures Unsupported { get; init; }

    /// <summary>How it can be told to think.</summary>
    public ReasoningDocument Reasoning { get; init; } = ReasoningDocument.None;

    /// <summary>By which operation OpenAI takes tools for it.</summary>
    public ToolsBy ToolsBy { get; init; }

    /// <summary>Whether it takes OpenAI's <c>prompt_cache_breakpoint</c>. Anthropic's models take theirs unasked.</summary>
    public bool CacheBreakpoints { get; init; }

    /// <summary>Of all tenants together: what the provider grants for the model.</summary>
    public LimitsDocument Limits { get; init; } = LimitsDocument.None;
}

/// <summary>By which of OpenAI's operations a model takes tools, where its provider has both.</summary>
public enum ToolsBy
{
    /// <summary>By either: a request keeps the one it came by, and others become chat completions.</summary>
    ChatCompletions,

    /// <summary>By responses: by chat completions it refuses them, or those that let it think.</summary>
    Responses,
}

/// <summary>How a model can be told to think.</summary>
/// <param name="Efforts">The efforts that it knows; unsaid: it can't be told.</param>
/// <param name="ByBudget">Whether it is told a number of tokens, as Anthropic's models were before Claude 4.6.</param>
public sealed record ReasoningDocument(ReasoningEffort Efforts, bool ByBudget = false)
{
    public static ReasoningDocument None { get; } = new(ReasoningEffort.Unsaid);
}

/// <summary>One place where a model runs.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="UpstreamModel">What the provider calls the model.</param>
/// <param name="Region">Where this deployment processes; null: where its provider does.</param>
/// <param name="Attestations">What is attested of this deployment; null: what is of its provider; empty: nothing.</param>
public sealed record DeploymentDocument(string Provider, string UpstreamModel, string? Region = null, ImmutableArray<string>? Attestations = null)
{
    /// <summary>What its provider calls the places of this deployment's region; null: as the provider declares, where the region is its too.</summary>
    public ImmutableArray<string>? ReportedRegions { get; init; }
}
