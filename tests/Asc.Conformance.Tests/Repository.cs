namespace Asc.Conformance.Tests;

/// <summary>Where the drivers and the document are, seen from wherever the tests run.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot(string from) =>
        File.Exists(System.IO.Path.Combine(from, "Asc.sln")) ? from
        : FindRoot(System.IO.Path.GetDirectoryName(from) ?? throw new InvalidOperationException("The tests run outside of the repository."));
}
