namespace Asc.Bench;

/// <summary>Whoever is measured has a core for itself; load and provider share the other.</summary>
internal static class Cores
{
    public const string Measured = "0";
    public const string Load = "1";
}
