namespace Asc.Charts.Tests;

internal sealed class LintTests
{
    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task Every_values_file_passes_the_strict_lint(ChartCase one)
    {
        var result = await one.LintAsync();
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
    }

    [TestCase(ChartCase.ControlPlane)]
    [TestCase(ChartCase.DataPlane)]
    public async Task The_chart_as_it_is_passes_the_strict_lint(string chart)
    {
        var result = await Helm.RunAsync("lint", "--strict", chart);
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
    }

    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task Every_values_file_renders_objects_that_Kubernetes_knows(ChartCase one)
    {
        var rendered = await one.RenderAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Objects, Has.Count.GreaterThan(3));
            Assert.That(rendered.Objects.Select(one => one.Kind + "/" + one.Metadata.Name), Is.Unique);
            foreach (var one in rendered.Objects)
            {
                Assert.That(one.Metadata.Name, Does.Match("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"), one.Kind);
                Assert.That(one.Metadata.Labels, Contains.Key("app.kubernetes.io/name").And.ContainKey("app.kubernetes.io/instance"), one.Kind);
            }
        });
    }

    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task The_oldest_Kubernetes_that_the_chart_names_renders_alike(ChartCase one)
    {
        var (oldest, newest) = (await one.RenderAsync("gateway", "--kube-version", "1.30.0"), await one.RenderAsync("gateway", "--kube-version", "1.35.0"));
        Assert.That(oldest.Text, Is.EqualTo(newest.Text));
    }

    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task An_older_Kubernetes_is_refused(ChartCase one)
    {
        var result = await Helm.RunAsync(["template", "gateway", .. one.Arguments, "--kube-version", "1.29.9"]);
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(result.Error, Does.Contain("requires kubeVersion: >=1.30.0"));
        });
    }

    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task A_long_release_name_still_makes_valid_names(ChartCase one)
    {
        var rendered = await one.RenderAsync(new string('r', 53));
        Assert.That(rendered.Objects.Select(one => one.Metadata.Name), Has.All.Length.LessThanOrEqualTo(63).And.All.Match("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"));
    }

    [TestCase(ChartCase.ControlPlane)]
    [TestCase(ChartCase.DataPlane)]
    public async Task The_chart_packs(string chart)
    {
        var destination = Directory.CreateTempSubdirectory("asc-chart-");
        try
        {
            var result = await Helm.RunAsync("package", chart, "--destination", destination.FullName);
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(destination.GetFiles(chart + "-*.tgz"), Has.Length.EqualTo(1));
        }
        finally
        {
            destination.Delete(recursive: true);
        }
    }
}
