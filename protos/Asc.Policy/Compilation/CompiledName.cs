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

    internal int Index { get; }

    internal CompiledLimit[] LimitArray { get; set; } = [];

    // Set once, while compiling: a route's candidates are its models' own.
    internal CompiledCandidate[] CandidateArray { get; set; } = [];
}
