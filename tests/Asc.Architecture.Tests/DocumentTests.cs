using System.Text.RegularExpressions;

namespace Asc.Architecture.Tests;

/// <summary>Documents name what exists. A name in backticks is a promise.</summary>
internal sealed partial class DocumentTests
{
    private static IReadOnlyList<string> Documents()
    {
        var documents = SourceTree.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).ToArray();
        if (documents.Length == 0)
        {
            Assert.Ignore("There are no documents yet.");
        }

        return documents;
    }

    private static IEnumerable<(string Document, string Text)> Quoted() =>
        from document in Documents()
        from Match match in Backticks().Matches(Fence().Replace(SourceTree.Read(document), ""))
        select (document, match.Groups[1].Value);

    [Test]
    public void Paths_in_documents_exist()
    {
        var top = SourceTree.Files.Select(file => file.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        var paths = Quoted().Where(quoted => PathLike().IsMatch(quoted.Text) && top.Contains(quoted.Text.TrimStart('.', '/').Split('/')[0]));
        Assert.That(paths.Where(quoted => !Exists(quoted.Text.StartsWith("./", StringComparison.Ordinal) ? quoted.Text[2..] : quoted.Text)), Is.Empty);
    }

    [Test]
    public void Types_in_documents_exist()
    {
        var words = SourceTree.HandWritten.Concat(SourceTree.Files.Where(file => file.EndsWith(".proto", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal)))
            .SelectMany(file => Word().Matches(SourceTree.Read(file)).Select(match => match.Value))
            .ToHashSet(StringComparer.Ordinal);
        Assert.That(Quoted().Where(quoted => TypeLike().IsMatch(quoted.Text) && !words.Contains(quoted.Text)), Is.Empty);
    }

    [Test]
    public void Links_between_documents_lead_somewhere() => Assert.That(
        from document in Documents()
        from Match match in Link().Matches(Fence().Replace(SourceTree.Read(document), ""))
        let target = match.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        let path = Path.Combine(SourceTree.Root, Path.GetDirectoryName(document)!, target)
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{document}: {target}",
        Is.Empty);

    private static bool Exists(string path)
    {
        var pattern = new Regex("^" + Regex.Escape(path.TrimEnd('/')).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "(/|$)", RegexOptions.CultureInvariant);
        return SourceTree.Files.Any(pattern.IsMatch);
    }

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"^[\w.*-]+(/[\w.*-]+)+/?$")]
    private static partial Regex PathLike();

    [GeneratedRegex("^I?([A-Z][a-z0-9]+){2,}$")]
    private static partial Regex TypeLike();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
