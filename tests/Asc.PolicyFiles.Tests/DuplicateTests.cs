using Asc.Policy.Validation;

namespace Asc.PolicyFiles.Tests;

/// <summary>What is wrong with one of two copies is told where that copy stands.</summary>
public sealed class DuplicateTests
{
    private const string Good = """
        apiVersion: asc/v1
        kind: Provider
        metadata: { name: p }
        spec:
          protocol: openai
          baseUrl: https://api.example.com/v1
          credential: { secret: p }
          region: eu

        """;

    private static readonly string BadUrl = Good.Replace("https://api.example.com/v1", "nope", StringComparison.Ordinal);
    private static readonly string NoProtocol = Good.Replace("  protocol: openai\n", "", StringComparison.Ordinal);
    private static readonly string NoSuchProtocol = Good.Replace("protocol: openai", "protocol: opnai", StringComparison.Ordinal);

    [Test]
    public void Each_copy_has_its_own_errors()
    {
        Assert.That(Told(Good + "---\n" + BadUrl), Is.EqualTo(new[] { ("duplicate", 12), ("invalid_url", 15) }));
        Assert.That(Told(BadUrl + "---\n" + Good), Is.EqualTo(new[] { ("invalid_url", 6), ("duplicate", 12) }));
        Assert.That(Told(BadUrl + "---\n" + Good + "---\n" + BadUrl), Is.EqualTo(new[] { ("invalid_url", 6), ("duplicate", 12), ("duplicate", 21), ("invalid_url", 24) }));
    }

    [Test]
    public void What_a_copy_lacks_or_misspells_is_told_of_that_copy_once()
    {
        Assert.That(Told(Good + "---\n" + NoProtocol), Is.EqualTo(new[] { ("duplicate", 12), ("required", 13) }));
        Assert.That(Told(Good + "---\n" + NoSuchProtocol), Is.EqualTo(new[] { ("duplicate", 12), ("invalid_value", 14) }));
    }

    [Test]
    public void A_copy_in_another_file_is_told_there()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "a.yaml"), Good);
        File.WriteAllText(Path.Combine(folder, "b.yaml"), BadUrl);

        var problems = PolicyFileReader.Read([folder]).Validate();

        Assert.That(problems.Select(problem => (Path.GetFileName(problem.File), problem.Line, problem.Code)), Is.EqualTo(new[] { ("b.yaml", 3, "duplicate"), ("b.yaml", 6, "invalid_url") }));
        Assert.That(problems[0].Message, Does.Contain("a.yaml, line 1"));
    }

    [Test]
    public void Copies_without_a_name_are_told_to_have_one_and_no_more()
    {
        var unnamed = Good.Replace("name: p", "", StringComparison.Ordinal);

        Assert.That(Told(unnamed + "---\n" + unnamed), Is.EqualTo(new[] { ("required", 3), ("required", 12) }));
    }

    private static (string Code, int Line)[] Told(string text) => [..
        PolicyFileReader.Read(["-"], new StringReader(text)).Validate()
            .Where(problem => problem.Severity == ProblemSeverity.Error)
            .Select(problem => (problem.Code, problem.Line))];
}
