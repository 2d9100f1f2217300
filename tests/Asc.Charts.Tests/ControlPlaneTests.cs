using Asc.ControlPlane;
using Asc.ControlPlane.Hosting;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace Asc.Charts.Tests;

/// <summary>The control plane's chart and the program it starts mean the same things by the same names.</summary>
[TestFixtureSource(typeof(ChartCase), nameof(ChartCase.OfControlPlane))]
internal sealed class ControlPlaneTests(ChartCase chart)
{
    private RenderedChart rendered = null!;

    [OneTimeSetUp]
    public async Task Render() => rendered = await chart.RenderAsync();

    private string MountedFile(string path)
    {
        var mount = rendered.Server.Container.VolumeMounts.Single(mount => mount.MountPath == Path.GetDirectoryName(path));
        var secret = rendered.Server.Pod.Volumes.Single(volume => volume.Name == mount.Name).Secret;
        Assert.That(secret.Items?.Select(item => item.Path) ?? ["tls.crt", "tls.key"], Has.Member(Path.GetFileName(path)));
        return secret.SecretName;
    }

    /// <summary>The options that a pod's environment makes; a name that is no option throws.</summary>
    private static ControlPlaneOptions Options(Workload workload)
    {
        var given = workload.Environment
            .Where(variable => variable.Key.StartsWith("Asc__", StringComparison.Ordinal))
            .ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => variable.Value ?? "from the secret", StringComparer.Ordinal);
        var options = new ControlPlaneOptions();
        new ConfigurationBuilder().AddInMemoryCollection(given!).Build().GetSection("Asc").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return options;
    }

    [Test]
    public void The_environment_is_a_valid_configuration() => Assert.Multiple(() =>
    {
        foreach (var workload in rendered.Workloads)
        {
            var options = Options(workload);
            Assert.That(() => OptionsCheck.Require(options), Throws.Nothing, workload.Name);
            Assert.That(options.Database, Is.EqualTo("sqlserver"), "replicas and the migration job share it");
        }
    });

    [Test]
    public void Ports_are_those_that_the_program_opens() => Assert.Multiple(() =>
    {
        var options = Options(rendered.Server);
        Assert.That(rendered.Server.Port("grpc"), Is.EqualTo(options.Port));
        Assert.That(rendered.Server.Port("health"), Is.EqualTo(options.HealthPort));
        Assert.That(options.Listen, Is.EqualTo("0.0.0.0"), "the kubelet and nodes ask from outside");
    });

    [Test]
    public void The_server_serves_and_the_job_migrates() => Assert.Multiple(() =>
    {
        Assert.That(rendered.Server.Container.Args, Is.EqualTo(new[] { "serve" }));
        Assert.That(rendered.Workloads.Where(workload => !workload.Long).Select(workload => workload.Container.Args.Single()), Is.All.EqualTo("migrate"));
    });

    [Test]
    public void Files_that_options_name_are_mounted() => Assert.Multiple(() =>
    {
        var options = Options(rendered.Server);
        Assert.That(MountedFile(options.CertificateFile!), Is.EqualTo(MountedFile(options.CertificateKeyFile!)), "one pair");
        Assert.That(MountedFile(options.SigningKeyFile!), Is.Not.Empty);
    });

    [Test]
    public void Migrating_comes_before_what_needs_it_and_needs_nothing_of_the_chart()
    {
        if (rendered.All<V1Job>() is not [var job])
        {
            Assert.That(chart.ValuesFile, Is.EqualTo("schema-kept-elsewhere-values.yaml"));
            return;
        }

        Assert.Multiple(() =>
        {
            Assert.That(job.Metadata.Annotations["helm.sh/hook"].Split(','), Is.EquivalentTo(["pre-install", "pre-upgrade"]));
            Assert.That(job.Metadata.Annotations["helm.sh/hook-delete-policy"], Does.Contain("before-hook-creation"), "else the second upgrade fails");
            Assert.That(job.Spec.Template.Spec.RestartPolicy, Is.EqualTo("Never"));
            Assert.That(job.Spec.Template.Spec.ServiceAccountName, Is.Null, "the chart's own doesn't exist yet");
            Assert.That(job.Spec.ActiveDeadlineSeconds, Is.GreaterThan(0));
            Assert.That(job.Spec.Template.Spec.Containers.Single().Image, Is.EqualTo(rendered.Server.Container.Image));
        });
    }

    [Test]
    public void An_upgrade_never_leaves_fewer_replicas() => Assert.Multiple(() =>
    {
        var strategy = rendered.Only<V1Deployment>().Spec.Strategy.RollingUpdate;
        Assert.That(strategy.MaxUnavailable.Value, Is.EqualTo("0"));
        Assert.That(strategy.MaxSurge.Value, Is.EqualTo("1"));
    });

    [Test]
    public void The_network_policy_lets_in_the_nodes_of_the_other_chart()
    {
        if (chart.ValuesFile == "schema-kept-elsewhere-values.yaml")
        {
            Assert.That(rendered.All<V1NetworkPolicy>(), Is.Empty, "these values switch it off");
            return;
        }

        var from = rendered.Only<V1NetworkPolicy>().Spec.Ingress.SelectMany(rule => rule.FromProperty).ToArray();
        if (chart.ValuesFile == "full-values.yaml")
        {
            Assert.That(from.Select(peer => peer.IpBlock?.Cidr), Has.Member("198.51.100.0/24"), "these values say where nodes are");
            return;
        }

        var peers = from.Select(peer => peer.PodSelector.MatchLabels);
        Assert.That(peers.Single(), Is.EquivalentTo(new Dictionary<string, string> { ["app.kubernetes.io/name"] = ChartCase.DataPlane }));
    }
}
