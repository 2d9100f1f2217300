namespace Asc.Charts.Tests;

/// <summary>A chart with one of its values files.</summary>
internal sealed record ChartCase(string Chart, string ValuesFile)
{
    public const string ControlPlane = "asc-controlplane";
    public const string DataPlane = "asc-dataplane";

    /// <summary>Every values file of every chart.</summary>
    public static IEnumerable<ChartCase> All =>
        from chart in Directory.GetDirectories(Repository.Path("charts")).Order(StringComparer.Ordinal)
        from file in Directory.GetFiles(Path.Combine(chart, "ci"), "*.yaml").Order(StringComparer.Ordinal)
        select new ChartCase(Path.GetFileName(chart), Path.GetFileName(file));

    public static IEnumerable<ChartCase> OfDataPlane => All.Where(one => one.Chart == DataPlane);

    public static IEnumerable<ChartCase> OfControlPlane => All.Where(one => one.Chart == ControlPlane);

    public override string ToString() => $"{Chart}, {ValuesFile}";

    public string[] Arguments => [Chart, "--values", Path.Combine(Chart, "ci", ValuesFile)];

    public Task<HelmResult> LintAsync() => Helm.RunAsync(["lint", "--strict", .. Arguments]);

    /// <summary>Rendered as release <paramref name="release"/>, with <paramref name="more"/> arguments.</summary>
    public async Task<RenderedChart> RenderAsync(string release = "gateway", params string[] more)
    {
        var result = await Helm.RunAsync(["template", release, .. Arguments, "--namespace", "asc", .. more]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return new RenderedChart(result.Output);
    }
}
