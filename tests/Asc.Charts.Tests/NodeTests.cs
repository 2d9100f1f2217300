using System.Globalization;
using Asc.DataPlane;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Asc.Charts.Tests;

/// <summary>The data plane's chart and the program it starts mean the same things by the same names.</summary>
[TestFixtureSource(typeof(ChartCase), nameof(ChartCase.OfDataPlane))]
internal sealed class NodeTests(ChartCase chart)
{
    private RenderedChart rendered = null!;

    [OneTimeSetUp]
    public async Task Render() => rendered = await chart.RenderAsync();

    /// <summary>The options that the pod's environment makes; a name that is no option throws.</summary>
    private DataPlaneOptions Options()
    {
        var given = rendered.Server.Environment
            .Where(variable => variable.Key.StartsWith("Asc__", StringComparison.Ordinal))
            .ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => variable.Value ?? "gateway-eu-0", StringComparer.Ordinal);
        var options = new DataPlaneOptions();
        new ConfigurationBuilder().AddInMemoryCollection(given!).Build().GetSection("Asc").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return options;
    }

    [Test]
    public void The_environment_is_a_valid_configuration()
    {
        var options = Options();
        Assert.That(options.NodeToken, Is.Empty, "it comes by file");
        options.NodeToken = "what the file holds";
        Assert.That(() => DataPlaneConfiguration.Check(options), Throws.Nothing);
    }

    [Test]
    public void Option_names_are_written_as_the_program_writes_them() => Assert.That(
        rendered.Server.Environment.Keys.Where(name => name.StartsWith("Asc__", StringComparison.Ordinal)).Select(name => name.Split("__")[1]).Distinct(),
        Is.SubsetOf(typeof(DataPlaneOptions).GetProperties().Select(property => property.Name)));

    [Test]
    public void A_node_is_called_as_its_pod_whose_name_says_the_region() => Assert.Multiple(() =>
    {
        var name = rendered.Server.Container.Env.Single(variable => variable.Name == "Asc__Name");
        Assert.That(name.ValueFrom.FieldRef.FieldPath, Is.EqualTo("metadata.name"));
        Assert.That(rendered.Only<V1StatefulSet>().Metadata.Name, Does.EndWith("-" + Options().Region));
    });

    [Test]
    public void Ports_are_those_that_the_program_opens() => Assert.Multiple(() =>
    {
        var options = Options();
        Assert.That(rendered.Server.Port("http"), Is.EqualTo(options.Port));
        Assert.That(rendered.Server.Port("admin"), Is.EqualTo(options.AdminPort));
        Assert.That(options.AdminAddress, Is.EqualTo("0.0.0.0"), "the kubelet asks from outside");
    });

    [Test]
    public void What_is_kept_is_on_the_pod_s_own_volume()
    {
        var set = rendered.Only<V1StatefulSet>().Spec;
        var claim = set.VolumeClaimTemplates.Single();
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Server.Container.VolumeMounts.Single(mount => mount.Name == claim.Metadata.Name).MountPath, Is.EqualTo(Options().DataDirectory));
            Assert.That(claim.Spec.AccessModes, Is.EqualTo(new[] { "ReadWriteOnce" }));
            Assert.That(rendered.Server.Pod.SecurityContext.FsGroup, Is.EqualTo(rendered.Server.Pod.SecurityContext.RunAsGroup), "else it can't write there");
            Assert.That(set.PersistentVolumeClaimRetentionPolicy.WhenScaled, Is.EqualTo("Retain"));
            Assert.That(set.PersistentVolumeClaimRetentionPolicy.WhenDeleted, Is.EqualTo("Retain"));
            Assert.That(set.PodManagementPolicy, Is.EqualTo("Parallel"));
            Assert.That(rendered.All<V1Service>().Single(service => service.Spec.ClusterIP == "None").Metadata.Name, Is.EqualTo(set.ServiceName));
        });
    }

    [Test]
    public void Files_that_options_name_are_mounted() => Assert.Multiple(() =>
    {
        var options = Options();
        var mounts = rendered.Server.Container.VolumeMounts.ToDictionary(mount => mount.MountPath, mount => rendered.Server.Pod.Volumes.FirstOrDefault(volume => volume.Name == mount.Name));
        Assert.That(mounts[Path.GetDirectoryName(options.NodeTokenFile)!]!.Secret.Items.Single().Path, Is.EqualTo(Path.GetFileName(options.NodeTokenFile)));
        Assert.That(mounts.ContainsKey("/etc/asc/secrets"), Is.EqualTo(options.SecretsDirectory is not null));
        if (options.SecretsDirectory is { } directory)
        {
            Assert.That(mounts[directory]!.Projected.Sources.Select(source => source.Secret.Name), Is.Not.Empty);
        }

        // The runtime's own way to trust one more authority: beside the system's, not instead.
        if (rendered.Server.Environment.GetValueOrDefault("SSL_CERT_FILE") is { } authority)
        {
            Assert.That(mounts[Path.GetDirectoryName(authority)!]!.ConfigMap.Items.Single().Path, Is.EqualTo(Path.GetFileName(authority)));
        }
    });

    [Test]
    public void The_program_drains_as_long_as_the_chart_lets_it()
    {
        const string Name = "DOTNET_SHUTDOWNTIMEOUTSECONDS";
        var given = rendered.Server.Environment[Name]!;
        var before = Environment.GetEnvironmentVariable(Name);
        Environment.SetEnvironmentVariable(Name, given);
        try
        {
            var options = Options();
            options.NodeToken = "token";
            var host = DataPlaneHost.Build(options);
            Assert.That(
                host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(int.Parse(given, CultureInfo.InvariantCulture))));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, before);
        }
    }

    [Test]
    public void Either_the_autoscaler_or_the_chart_says_how_many()
    {
        var set = rendered.Only<V1StatefulSet>();
        if (set.Spec.Replicas is not null)
        {
            Assert.That(rendered.All<V2HorizontalPodAutoscaler>(), Is.Empty, "two masters");
            return;
        }

        var scaler = rendered.Only<V2HorizontalPodAutoscaler>().Spec;
        Assert.Multiple(() =>
        {
            Assert.That((scaler.ScaleTargetRef.ApiVersion, scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name), Is.EqualTo((set.ApiVersion, set.Kind, set.Metadata.Name)));
            Assert.That(scaler.MinReplicas, Is.GreaterThan(0).And.LessThanOrEqualTo(scaler.MaxReplicas));
            Assert.That(scaler.Metrics.Single().Resource.Name, Is.EqualTo("cpu"));
            Assert.That(scaler.Behavior.ScaleDown.StabilizationWindowSeconds, Is.GreaterThanOrEqualTo(300));
        });
    }

    [Test]
    public void Nodes_may_reach_names_the_control_plane_and_providers_and_no_metadata_service()
    {
        if (chart.ValuesFile == "fixed-size-values.yaml")
        {
            Assert.That(rendered.All<V1NetworkPolicy>(), Is.Empty, "these values switch it off");
            return;
        }

        var policy = rendered.Only<V1NetworkPolicy>();
        var ports = policy.Spec.Egress.SelectMany(rule => rule.Ports ?? []).Select(port => port.Port.Value).ToArray();
        var open = policy.Spec.Egress.SelectMany(rule => rule.To ?? []).Select(peer => peer.IpBlock).OfType<V1IPBlock>().Where(block => block.Cidr == "0.0.0.0/0");
        Assert.Multiple(() =>
        {
            Assert.That(ports, Has.Member("53").And.Member(Options().ControlPlane.Port.ToString(CultureInfo.InvariantCulture)).And.Member("443"));
            Assert.That(open.Single().Except, Has.Member("169.254.0.0/16"));
        });
    }
}
