namespace Asc.Simulator.Faults;

/// <summary>The names that fault documents use.</summary>
internal static class FaultKindName
{
    private static readonly (string Name, FaultKind Kind)[] Names =
    [
        ("status", FaultKind.Status), ("delay", FaultKind.Delay), ("cut", FaultKind.Cut),
        ("stall", FaultKind.Stall), ("malformed", FaultKind.Malformed), ("no-usage", FaultKind.NoUsage),
        ("error", FaultKind.Error),
    ];

    public static string All { get; } = string.Join(", ", Names.Select(entry => entry.Name));

    public static string Of(FaultKind kind) => Array.Find(Names, entry => entry.Kind == kind).Name;

    public static FaultKind? Parse(string name)
    {
        var index = Array.FindIndex(Names, entry => entry.Name == name);
        return index < 0 ? null : Names[index].Kind;
    }
}
