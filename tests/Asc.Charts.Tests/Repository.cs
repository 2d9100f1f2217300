namespace Asc.Charts.Tests;

/// <summary>Where the charts are, seen from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot(string from) =>
        File.Exists(System.IO.Path.Combine(from, "Asc.sln")) ? from
        : FindRoot(System.IO.Path.GetDirectoryName(from) ?? throw new InvalidOperationException("The tests run outside of the repository."));
}
