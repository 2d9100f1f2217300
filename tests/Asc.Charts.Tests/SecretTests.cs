using System.Text.Json;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Asc.Charts.Tests;

/// <summary>Secrets are named, never written.</summary>
internal sealed partial class SecretTests
{
    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task The_chart_makes_neither_secrets_nor_config_maps(ChartCase one)
    {
        var rendered = await one.RenderAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rendered.All<V1Secret>(), Is.Empty);
            Assert.That(rendered.All<V1ConfigMap>(), Is.Empty);
        });
    }

    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task No_secret_stands_in_the_environment(ChartCase one)
    {
        var rendered = await one.RenderAsync();
        Assert.Multiple(() =>
        {
            foreach (var variable in rendered.Workloads.SelectMany(workload => workload.Container.Env))
            {
                if (SecretName().IsMatch(variable.Name) && !variable.Name.EndsWith("File", StringComparison.Ordinal) && !variable.Name.EndsWith("Directory", StringComparison.Ordinal))
                {
                    Assert.That(variable.Value, Is.Null, variable.Name);
                    Assert.That(variable.ValueFrom?.SecretKeyRef, Is.Not.Null, variable.Name);
                }

                Assert.That(variable.Value ?? "", Does.Not.Match("asc[an]?_[A-Za-z0-9]{8,}|PRIVATE|[Pp]assword="), variable.Name);
            }
        });
    }

    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task Files_with_secrets_are_mounted_read_only_and_not_for_all(ChartCase one)
    {
        var rendered = await one.RenderAsync();
        Assert.Multiple(() =>
        {
            foreach (var workload in rendered.Workloads)
            {
                foreach (var volume in workload.Pod.Volumes.Where(volume => volume.Secret is not null || volume.Projected is not null))
                {
                    Assert.That(workload.Container.VolumeMounts.Single(mount => mount.Name == volume.Name).ReadOnlyProperty, Is.True, volume.Name);
                    Assert.That(workload.Container.VolumeMounts.Single(mount => mount.Name == volume.Name).SubPath, Is.Null, "a mounted sub-path never changes again");
                    Assert.That(volume.Secret?.DefaultMode ?? volume.Projected.DefaultMode, Is.EqualTo(Convert.ToInt32("440", 8)), volume.Name);
                }
            }
        });
    }

    [TestCase(ChartCase.ControlPlane)]
    [TestCase(ChartCase.DataPlane)]
    public async Task No_value_takes_a_secret(string chart)
    {
        var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.Path("charts", chart, "values.schema.json")));
        var leaves = Leaves(schema.RootElement.GetProperty("properties"), "").ToArray();
        Assert.That(leaves, Has.Length.GreaterThan(20));
        Assert.That(leaves.Where(leaf => PlainSecret().IsMatch(leaf)), Is.Empty, "values that could hold a secret itself");
    }

    private static IEnumerable<string> Leaves(JsonElement properties, string path) => properties.EnumerateObject().SelectMany(property =>
        property.Value.TryGetProperty("properties", out var inner) ? Leaves(inner, path + "." + property.Name) : [path + "." + property.Name]);

    [GeneratedRegex("(Token|Secret|Password|ConnectionString|Credential|SigningKey|ApiKey)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // "nodeToken.secret" and "nodeToken.key" name a secret and a key in it; "token" or "nodeToken.value" would hold one.
    [GeneratedRegex(@"\.(value|password|token|connectionString|apiKey|privateKey)$", RegexOptions.IgnoreCase)]
    private static partial Regex PlainSecret();
}
