namespace Asc.Cli.Output;

/// <summary>Numbers of things, as people say them.</summary>
internal static class Quantity
{
    public static string Of(long n, string noun) => $"{n} {noun}{(n == 1 ? "" : "s")}";
}
