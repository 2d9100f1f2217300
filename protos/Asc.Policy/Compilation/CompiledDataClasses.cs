using System.Numerics;

namespace Asc.Policy.Compilation;

/// <summary>What a tenant's data is and demands, its ancestors' rules included. Shared by the tenants below that say no more.</summary>
public sealed class CompiledDataClasses
{
    // By the class's bit: what a deployment must attest.
    private readonly ulong[] demands;
    private readonly ulong uncached;
    private readonly ulong uncaptured;

    internal CompiledDataClasses(ulong floor, ulong known, ulong uncached, ulong uncaptured, ulong[] demands)
    {
        (Floor, Known, this.uncached, this.uncaptured, this.demands) = (floor, known, uncached, uncaptured, demands);
    }

    /// <summary>The classes that all the tenant's data is of.</summary>
    public ulong Floor { get; }

    /// <summary>The classes that the tenant has rules for.</summary>
    public ulong Known { get; }

    /// <summary>What a deployment must attest to process data of <paramref name="classes"/>.</summary>
    public ulong DemandsOf(ulong classes)
    {
        ulong demanded = 0;
        for (var rest = classes & Known; rest != 0; rest &= rest - 1)
        {
            demanded |= demands[BitOperations.TrailingZeroCount(rest)];
        }

        return demanded;
    }

    /// <summary>Whether ASC may not cache data of <paramref name="classes"/>.</summary>
    public bool ForbidCaching(ulong classes) => (classes & uncached) != 0;

    /// <summary>Whether ASC may not keep prompts and answers of <paramref name="classes"/>.</summary>
    public bool ForbidContentCapture(ulong classes) => (classes & uncaptured) != 0;

    /// <summary>The same, and what a tenant below adds.</summary>
    internal CompiledDataClasses With(ulong floor, IEnumerable<(ulong Bit, ulong Demands, bool ForbidCaching, bool ForbidContentCapture)> rules)
    {
        var (known, cache, capture, added) = (Known, uncached, uncaptured, (ulong[])demands.Clone());
        foreach (var (bit, demanded, forbidCaching, forbidContentCapture) in rules)
        {
            known |= bit;
            cache |= forbidCaching ? bit : 0;
            capture |= forbidContentCapture ? bit : 0;
            added[BitOperations.TrailingZeroCount(bit)] |= demanded;
        }

        return new(Floor | floor, known, cache, capture, added);
    }
}
