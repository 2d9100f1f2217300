using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>A class of requests.</summary>
public sealed class CompiledWorkload
{
    // By the index of what is asked for; null where nothing is served in another's place.
    private readonly CompiledName?[]? routes;

    internal CompiledWorkload(WorkloadDocument document, ulong bit, NameSet allowed, NameSet denied, CompiledName?[]? routes)
    {
        (Document, Bit, Allowed, Denied, this.routes) = (document, bit, allowed, denied, routes);
    }

    /// <summary>As declared; a built-in class that isn't declared restricts nothing.</summary>
    public WorkloadDocument Document { get; }

    /// <summary>As declared.</summary>
    public string Name => Document.Name;

    /// <summary>How long its requests wait; what is null here, the provider's own timeouts say.</summary>
    public TimeoutsDocument Timeouts => Document.Timeouts;

    /// <summary>What counts each tenant's requests of this class.</summary>
    public ReadOnlySpan<CompiledLimit> Limits => LimitArray;

    /// <summary>The part of each limit that it leaves to others.</summary>
    public required double Reserve { get; init; }

    internal CompiledLimit[] LimitArray { get; init; } = [];

    /// <summary>Its own bit among the policy's workloads.</summary>
    internal ulong Bit { get; }

    /// <summary>What it may ask for; what is denied is already taken out.</summary>
    internal NameSet Allowed { get; }

    /// <summary>What it may not reach, not even through a route.</summary>
    internal NameSet Denied { get; }

    /// <summary>What serves <paramref name="name"/> for this class: mostly itself.</summary>
    public CompiledName ServingOf(CompiledName name) => routes?[name.Index] ?? name;
}
