using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>What is declared of a model itself.</summary>
public sealed class CompiledModelTraits
{
    /// <summary>Within fewer tokens of an answer nobody is told to think who needn't: the answer needs room, too (facts: 3.1, 3.4).</summary>
    public const long LeastWithThinking = 2048;

    private readonly CompiledPrice[] prices;

    internal CompiledModelTraits(ModelDocument document)
    {
        (ContextWindow, MaxOutputTokens, Capabilities) = (document.ContextWindow ?? long.MaxValue, document.MaxOutputTokens ?? long.MaxValue, Declared(document.Capabilities));
        Unsupported = document.Unsupported;
        (Efforts, ThinksByBudget) = (document.Reasoning.Efforts, document.Reasoning.ByBudget);
        ToolsByResponses = document.ToolsBy == ToolsBy.Responses;
        TakesCacheBreakpoints = document.CacheBreakpoints;
        prices = [.. document.Prices.Select(CompiledPrice.Of).OfType<CompiledPrice>().OrderByDescending(price => price.FromDay)];
    }

    /// <summary>Tokens of prompt and answer together.</summary>
    public long ContextWindow { get; }

    /// <summary>Tokens of an answer.</summary>
    public long MaxOutputTokens { get; }

    /// <summary>What it can do, and of kinds every one where none is declared.</summary>
    public Capabilities Capabilities { get; }

    /// <summary>What it refuses.</summary>
    public RequestFeatures Unsupported { get; }

    /// <summary>How much it can be told to think; unsaid: it can't.</summary>
    public ReasoningEffort Efforts { get; }

    /// <summary>Whether it is told so by a number of tokens.</summary>
    public bool ThinksByBudget { get; }

    /// <summary>Whether it is declared that it can be told to think.</summary>
    public bool CanThink => ThinksByBudget || (Efforts & ~ReasoningEffort.None) != 0;

    /// <summary>Whether OpenAI takes tools for it by responses only.</summary>
    public bool ToolsByResponses { get; }

    /// <summary>Whether a prompt says where its cached part ends.</summary>
    public bool TakesCacheBreakpoints { get; }

    /// <summary>What is asked of it where <paramref name="asked"/> is: the most it has of no more, else the least it has. Who is told a number of tokens doesn't think untold.</summary>
    public ReasoningEffort NearestEffort(ReasoningEffort asked)
    {
        if (asked == ReasoningEffort.None && (ThinksByBudget || (Efforts & ReasoningEffort.None) != 0))
        {
            return Efforts & ReasoningEffort.None;
        }

        for (var effort = (int)asked; effort > (int)ReasoningEffort.None; effort >>= 1)
        {
            if (((int)Efforts & effort) != 0)
            {
                return (ReasoningEffort)effort;
            }
        }

        // Who asks for thoughts isn't told to have none.
        var thinking = (int)(Efforts & ~ReasoningEffort.None);
        return (ReasoningEffort)(thinking & -thinking);
    }

    // Many policies were written before kinds could be declared: nothing is kept from a model that names none.
    private static Capabilities Declared(Capabilities? capabilities) => capabilities switch
    {
        null => Capabilities.All,
        { } some when (some & Capabilities.Kinds) == Capabilities.None => some | Capabilities.Kinds,
        { } some => some,
    };

    /// <summary>The price on <paramref name="day"/>; null where none has begun.</summary>
    public CompiledPrice? PriceOn(int day)
    {
        foreach (var price in prices)
        {
            if (price.FromDay <= day)
            {
                return price;
            }
        }

        return null;
    }
}
