namespace Asc.Architecture.Tests;

/// <summary>Files stay small enough to be read at one sitting.</summary>
internal sealed class SizeTests
{
    private const int Maximum = 400;
    private const int NinetiethPercentile = 200;
    private const int Median = 60;

    private static (string File, int Lines)[] Sizes(string folder)
    {
        var sizes = SourceTree.HandWritten.Under(folder).Select(file => (file, File.ReadLines(Path.Combine(SourceTree.Root, file)).Count())).OrderBy(pair => pair.Item2).ToArray();
        Assert.That(sizes, Is.Not.Empty);
        return sizes;
    }

    [TestCase("protos")]
    [TestCase("dataplane")]
    [TestCase("controlplane")]
    [TestCase("tests")]
    public void No_file_is_long(string folder) => Assert.That(
        Sizes(folder).Where(pair => pair.Lines > Maximum).Select(pair => $"{pair.File}: {pair.Lines} lines"), Is.Empty);

    [TestCase("protos")]
    [TestCase("dataplane")]
    [TestCase("controlplane")]
    public void Most_files_are_short(string folder)
    {
        var sizes = Sizes(folder).Select(pair => pair.Lines).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(sizes[sizes.Length / 2], Is.LessThanOrEqualTo(Median), "median");
            Assert.That(sizes[sizes.Length * 9 / 10], Is.LessThanOrEqualTo(NinetiethPercentile), "90th percentile");
        });
    }
}
