using Asc.Policy.Compilation;

namespace Asc.DataPlane.Resilience;

/// <summary>Calls of one request of which the provider says that they were processed elsewhere than declared.</summary>
internal sealed class MisplacedCalls
{
    private readonly List<MisplacedCall> all = [];

    /// <summary>Calls that are hedged are answered at the same time. What is said again is told once.</summary>
    public void Add(MisplacedCall call)
    {
        lock (all)
        {
            if (!all.Contains(call))
            {
                all.Add(call);
            }
        }
    }

    /// <summary>Null where there is none.</summary>
    public MisplacedCall[]? All => all.Count == 0 ? null : [.. all];

    public void Clear() => all.Clear();
}

/// <summary>A deployment that was declared to be in its region, and what its provider called the place.</summary>
internal readonly record struct MisplacedCall(CompiledCandidate Candidate, string Reported);
