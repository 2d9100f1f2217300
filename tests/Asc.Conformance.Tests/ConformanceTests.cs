namespace Asc.Conformance.Tests;

/// <summary>Real SDKs against a node, in front of each dialect that it speaks to providers; and the document that tells of it.</summary>
internal sealed class ConformanceTests
{
    private static readonly string Document = Repository.Path("docs", "conformance.md");
    private Matrix matrix = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        matrix = await Matrix.RunAsync();
        TestContext.Progress.WriteLine($"{Cell.All.Count} conversations in {matrix.Took.TotalSeconds:F1} s.");
    }

    private static IEnumerable<TestCaseData> Cells => Cell.All.Select(cell => new TestCaseData(cell).SetName(cell.ToString()));

    [TestCaseSource(nameof(Cells))]
    public void A_client_gets_what_its_SDK_expects(Cell cell)
    {
        if (matrix.AbsenceOf(cell.Client) is { } reason)
        {
            Assert.Ignore(reason);
        }

        Assert.That(matrix.ProblemsOf(cell), Is.Empty);
    }

    [Test]
    public void The_document_is_what_a_run_gives()
    {
        if (matrix.Absences.Count > 0)
        {
            Assert.Ignore($"Not all clients are here. {string.Join(' ', matrix.Absences.Distinct())}");
        }

        var written = ConformanceDocument.Of(matrix);
        if (Environment.GetEnvironmentVariable("ASC_TEST_WRITE_CONFORMANCE") == "1")
        {
            File.WriteAllText(Document, written);
        }

        Assert.That(File.Exists(Document) ? File.ReadAllText(Document).ReplaceLineEndings("\n") : "", Is.EqualTo(written), "Run this test with ASC_TEST_WRITE_CONFORMANCE=1 to write docs/conformance.md.");
    }
}
