using System.ComponentModel;
using System.Diagnostics;
using k8s;
using k8s.Models;

namespace Asc.Charts.Tests;

/// <summary>What Kubernetes requires is there: the strict reader refuses unknown fields, and misses none.</summary>
internal sealed class RequiredFieldTests
{
    private static readonly string Models = Repository.Path(".tools", "kubernetes-models", "node_modules", "kubernetes-models");

    [TestCaseSource(typeof(ChartCase), nameof(ChartCase.All))]
    public async Task Nothing_required_is_missing(ChartCase one)
    {
        RequireModels();
        var rendered = await one.RenderAsync();
        Assert.That(await ProblemsAsync(rendered.Objects), Is.Empty);
    }

    [Test]
    public async Task A_missing_selector_is_noticed()
    {
        RequireModels();
        var set = new V1StatefulSet { ApiVersion = "apps/v1", Kind = "StatefulSet", Metadata = new() { Name = "x" }, Spec = new() { ServiceName = "x", Template = new() } };
        Assert.That(await ProblemsAsync([set]), Does.Contain("selector"));
    }

    private static void RequireModels()
    {
        if (!Directory.Exists(Models))
        {
            Assert.Ignore($"No Kubernetes models at {Models}: tests/tools installs them, from npm.");
        }
    }

    private static async Task<string> ProblemsAsync(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects)
    {
        var start = new ProcessStartInfo("node", [Repository.Path("tests", "Asc.Charts.Tests", "required-fields.mjs"), Models])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync($"[{string.Join(',', objects.Select(one => KubernetesJson.Serialize(one)))}]");
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            Assert.That(process.ExitCode, Is.Zero, await error);
            return await output;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("No node: it reads the Kubernetes models.");
            throw;
        }
    }
}
