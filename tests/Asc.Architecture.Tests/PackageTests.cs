using System.Text.Json;
using System.Xml.Linq;

namespace Asc.Architecture.Tests;

/// <summary>Every package is named once, with its version, and is there because something uses it.</summary>
internal sealed class PackageTests
{
    private static IEnumerable<string> Central => XDocument.Parse(SourceTree.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(element => (string)element.Attribute("Include")!);

    [Test]
    public void Every_package_that_has_a_version_is_used()
    {
        var asked = SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal))
            .SelectMany(file => Project.Included(XDocument.Parse(SourceTree.Read(file)), "PackageReference"));
        // A version may also be there for what a package brings along: the restore says what that is.
        var restored = Project.All.Values.Select(project => Path.Combine(SourceTree.Root, "artifacts", "obj", project.Name, "project.assets.json")).Where(File.Exists).SelectMany(Restored);
        Assert.That(Central.Except(asked.Concat(restored), StringComparer.OrdinalIgnoreCase), Is.Empty, "in Directory.Packages.props and nowhere else");
    }

    [Test]
    public void No_package_has_two_versions_and_no_version_floats() => Assert.Multiple(() =>
    {
        Assert.That(Central, Is.Unique);
        Assert.That(SourceTree.Read("Directory.Packages.props"), Does.Not.Match("Version=\"[^\"]*[*\\[(]"));
        Assert.That(
            SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && XDocument.Parse(SourceTree.Read(file)).Descendants("PackageReference").Any(element => element.Attribute("Version") is not null)), Is.Empty);
    });

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = SourceTree.Read("Asc.sln").Replace('\\', '/');
        Assert.That(Project.All.Values.Select(project => project.File).Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal)), Is.Empty);
    }

    private static string[] Restored(string assets)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        return [.. document.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }
}
