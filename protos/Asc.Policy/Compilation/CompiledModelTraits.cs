using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>What is declared of a model itself.</summary>
public sealed class CompiledModelTraits
{
    private readonly CompiledPrice[] prices;

    internal CompiledModelTraits(ModelDocument document)
    {
        (ContextWindow, MaxOutputTokens, Capabilities) = (document.ContextWindow ?? long.MaxValue, document.MaxOutputTokens ?? long.MaxValue, document.Capabilities ?? Capabilities.All);
        prices = [.. document.Prices.Select(CompiledPrice.Of).OfType<CompiledPrice>().OrderByDescending(price => price.FromDay)];
    }

    /// <summary>Tokens of prompt and answer together.</summary>
    public long ContextWindow { get; }

    /// <summary>Tokens of an answer.</summary>
    public long MaxOutputTokens { get; }

    /// <summary>What it can do.</summary>
    public Capabilities Capabilities { get; }

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
