namespace Asc.Dev;

/// <summary>Where <c>asc</c> is: beside this program where both are installed, else where the build put it.</summary>
internal static class CliLocation
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "asc.exe" : "asc";

    public static string Path { get; } = Find();

    private static string Find()
    {
        var here = AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar);
        var installed = System.IO.Path.Combine(here, Name);
        // artifacts/bin/Asc.Dev/debug -> artifacts/bin/Asc.Cli/debug
        var built = System.IO.Path.GetFullPath(System.IO.Path.Combine(here, "..", "..", "Asc.Cli", System.IO.Path.GetFileName(here), Name));
        return File.Exists(installed) ? installed : built;
    }
}
