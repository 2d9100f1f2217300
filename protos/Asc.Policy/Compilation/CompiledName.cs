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

    /// <summary>How often each deployment is called.</summary>
    public RetryDocument Retry { get; internal set; } = RetryDocument.Default;

    /// <summary>When the next candidate is asked as well; null: only where the one before failed.</summary>
    public TimeSpan? HedgeAfter { get; internal set; }

    internal int Index { get; }

    // Set once, while compiling: a route's candidates are its models' own.
    internal CompiledCandidate[] CandidateArray { get; set; } = [];
}
