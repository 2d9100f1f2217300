using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>A name that requests may ask for: a model, or a route to several.</summary>
public sealed class CompiledName
{
    internal CompiledName(string name, int index, bool isRoute)
    {
        Name = name;
        Index = index;
        IsRoute = isRoute;
    }

    /// <summary>As declared.</summary>
    public string Name { get; }

    /// <summary>Whether it is a route.</summary>
    public bool IsRoute { get; }

    /// <summary>Who could serve it, the preferred one first.</summary>
    public IReadOnlyList<CompiledCandidate> Candidates => CandidateArray;

    /// <summary>Of a model, what counts all tenants together; of a route nothing.</summary>
    public ReadOnlySpan<CompiledLimit> Limits => LimitArray;

    /// <summary>How often each deployment is called.</summary>
    public RetryDocument Retry { get; internal set; } = RetryDocument.Default;

    /// <summary>When the next candidate is asked as well; null: only where the one before failed.</summary>
    public TimeSpan? HedgeAfter { get; internal set; }

    /// <summary>In which order the candidates are asked.</summary>
    public RouteStrategy Strategy { get; internal set; }

    /// <summary>Which requests belong together; null: none.</summary>
    public StickyDocument? Sticky { get; internal set; }

    /// <summary>What is declared of the model; null: it is a route.</summary>
    public CompiledModelTraits? Traits { get; internal set; }

    /// <summary>Whether a decision among its candidates needs a number to be drawn.</summary>
    public bool NeedsDraw => Strategy is RouteStrategy.Weighted or RouteStrategy.LeastLatency;

    /// <summary>How it chooses among its candidates, for comparison.</summary>
    internal string RoutingText => string.Join('\n', Targets.Select(target => $"{target.Model.Name} {target.Weight} {(target.When is { } when ? ConditionText.Of(when) : "")}").Prepend($"{Strategy} {Sticky}"));

    internal CompiledTarget[] Targets { get; set; } = [];

    // By the place of a candidate, the place of its target.
    internal byte[] TargetPlaces { get; set; } = [];

    internal CompiledTarget TargetOf(int place) => Targets[TargetPlaces[place]];

    internal int Index { get; }

    internal CompiledLimit[] LimitArray { get; set; } = [];

    // Set once, while compiling: a route's candidates are its models' own.
    internal CompiledCandidate[] CandidateArray { get; set; } = [];
}
