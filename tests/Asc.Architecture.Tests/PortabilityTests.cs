using System.Text.RegularExpressions;

namespace Asc.Architecture.Tests;

/// <summary>Nothing depends on where somebody has it.</summary>
internal sealed partial class PortabilityTests
{
    private static readonly string[] Binary = [".png", ".ico", ".woff2", ".gz", ".zip", ".db", ".bin", ".pb"];

    [Test]
    public void No_file_names_a_place_on_somebody_s_machine() => Assert.That(
        from file in SourceTree.Files
        where !Binary.Contains(Path.GetExtension(file)) && Path.GetFileName(file) != "PortabilityTests.cs"
        from Match match in Place().Matches(SourceTree.Read(file))
        select $"{file}: {match.Value}",
        Is.Empty);

    [Test]
    public void Scripts_can_be_run_and_files_end_their_last_line() => Assert.Multiple(() =>
    {
        foreach (var file in SourceTree.Files.Where(file => !Binary.Contains(Path.GetExtension(file))))
        {
            var text = SourceTree.Read(file);
            if (text.StartsWith("#!", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(Path.Combine(SourceTree.Root, file)) & UnixFileMode.UserExecute, Is.Not.EqualTo(UnixFileMode.None), $"{file} is a script");
            }

            if (file.EndsWith(".cs", StringComparison.Ordinal))
            {
                Assert.That(text, Does.EndWith("\n").And.Not.Contain("\r"), file);
            }
        }
    });

    [GeneratedRegex(@"(?<![\w.}/-])/(?:work|root|tmp/wt[\w-]*|home/\w+|Users/\w+)(?=/)|[A-Z]:\\Users\\")]
    private static partial Regex Place();
}
