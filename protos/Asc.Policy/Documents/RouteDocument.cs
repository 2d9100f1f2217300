using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A name that stands for several models.</summary>
/// <param name="Name">What requests may ask for.</param>
/// <param name="Targets">The models.</param>
public sealed record RouteDocument(string Name, ImmutableArray<RouteTargetDocument> Targets)
{
    /// <summary>In which order the targets are asked.</summary>
    public RouteStrategy Strategy { get; init; }

    /// <summary>How often each deployment is called; null: the default.</summary>
    public RetryDocument? Retry { get; init; }

    /// <summary>When the next target is asked as well; null: only where the one before failed.</summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>Which requests belong together; null: none.</summary>
    public StickyDocument? Sticky { get; init; }
}

/// <summary>One model of a route.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Weight">How often it is asked first, of <see cref="RouteStrategy.Weighted"/>.</param>
/// <param name="When">Which requests it takes; null: all.</param>
public sealed record RouteTargetDocument(string Model, int Weight = 1, TargetConditionDocument? When = null);

/// <summary>In which order a route's targets are asked.</summary>
public enum RouteStrategy
{
    /// <summary>In the order written.</summary>
    Priority,

    /// <summary>The first as often as the weights say, the others likewise.</summary>
    Weighted,

    /// <summary>The faster of two that are drawn, then the others by how fast they are.</summary>
    LeastLatency,

    /// <summary>The cheapest for the request.</summary>
    LeastCost,
}

/// <summary>Which requests belong together, so that one deployment's prompt cache serves them: those with the same value of a header, or of one conversation.</summary>
/// <param name="Header">The header's name; empty: by conversation.</param>
/// <param name="Conversation">By what the conversation began with, up to its first message of the user.</param>
public sealed record StickyDocument(string Header, bool Conversation);
