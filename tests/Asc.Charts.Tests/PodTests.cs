using System.Globalization;
using k8s.Models;
using Microsoft.Extensions.Hosting;

namespace Asc.Charts.Tests;

/// <summary>What holds for every pod of every chart, whatever the values.</summary>
[TestFixtureSource(typeof(ChartCase), nameof(ChartCase.All))]
internal sealed class PodTests(ChartCase chart)
{
    private static readonly string[] HealthPaths = ["/healthz", "/readyz"];
    private RenderedChart rendered = null!;

    [OneTimeSetUp]
    public async Task Render() => rendered = await chart.RenderAsync();

    [Test]
    public void Nothing_runs_as_root_or_may_become_it() => Assert.Multiple(() =>
    {
        foreach (var workload in rendered.Workloads)
        {
            var (pod, container) = (workload.Pod.SecurityContext, workload.Container.SecurityContext);
            Assert.That(pod.RunAsNonRoot, Is.True, workload.Name);
            Assert.That(pod.RunAsUser, Is.GreaterThan(0), workload.Name);
            Assert.That(pod.SeccompProfile.Type, Is.EqualTo("RuntimeDefault"), workload.Name);
            Assert.That(container.AllowPrivilegeEscalation, Is.False, workload.Name);
            Assert.That(container.Privileged, Is.Not.True, workload.Name);
            Assert.That(container.Capabilities.Drop, Is.EqualTo(new[] { "ALL" }), workload.Name);
            Assert.That(container.Capabilities.Add, Is.Null.Or.Empty, workload.Name);
            Assert.That(workload.Pod.HostNetwork ?? workload.Pod.HostPID ?? workload.Pod.HostIPC, Is.Not.True, workload.Name);
            Assert.That(workload.Pod.Volumes.Select(volume => volume.HostPath), Is.All.Null, workload.Name);
        }
    });

    [Test]
    public void The_root_is_read_only_and_there_is_a_folder_for_temporary_files() => Assert.Multiple(() =>
    {
        foreach (var workload in rendered.Workloads)
        {
            Assert.That(workload.Container.SecurityContext.ReadOnlyRootFilesystem, Is.True, workload.Name);
            var temporary = workload.Container.VolumeMounts.Single(mount => mount.MountPath == "/tmp");
            Assert.That(workload.Pod.Volumes.Single(volume => volume.Name == temporary.Name).EmptyDir?.SizeLimit, Is.Not.Null, workload.Name);
        }
    });

    [Test]
    public void No_pod_gets_a_token_for_the_cluster_or_a_neighbour_s_address() => Assert.Multiple(() =>
    {
        foreach (var workload in rendered.Workloads)
        {
            Assert.That(workload.Pod.AutomountServiceAccountToken, Is.False, workload.Name);
            Assert.That(workload.Pod.EnableServiceLinks, Is.False, workload.Name);
        }

        Assert.That(rendered.Only<V1ServiceAccount>().AutomountServiceAccountToken, Is.False);
        Assert.That(rendered.Server.Pod.ServiceAccountName, Is.EqualTo(rendered.Only<V1ServiceAccount>().Metadata.Name));
    });

    [Test]
    public void Resources_are_asked_for_and_bounded() => Assert.Multiple(() =>
    {
        foreach (var workload in rendered.Workloads)
        {
            var resources = workload.Container.Resources;
            Assert.That(resources.Requests.Keys, Is.SupersetOf(new[] { "cpu", "memory" }), workload.Name);
            Assert.That(resources.Limits.Keys, Has.Member("memory"), workload.Name);
            foreach (var (name, limit) in resources.Limits)
            {
                Assert.That(resources.Requests[name].ToDecimal(), Is.LessThanOrEqualTo(limit.ToDecimal()), $"{workload.Name}: {name}");
            }
        }
    });

    [Test]
    public void Probes_ask_the_health_port_at_its_real_paths() => Assert.Multiple(() =>
    {
        var container = rendered.Server.Container;
        var health = container.Ports.Single(port => port.Name is "admin" or "health");
        Assert.That(health.ContainerPort, Is.EqualTo(8081));
        Assert.That(new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.Select(probe => probe.HttpGet.Port.Value), Is.All.EqualTo(health.Name));
        Assert.That(container.ReadinessProbe.HttpGet.Path, Is.EqualTo(HealthPaths[1]));
        // Liveness never depends on policy or database: a restart would mend neither.
        Assert.That(container.LivenessProbe.HttpGet.Path, Is.EqualTo(HealthPaths[0]));
        Assert.That(container.StartupProbe.HttpGet.Path, Is.EqualTo(HealthPaths[0]));
    });

    [Test]
    public void Kubernetes_waits_longer_than_the_drain_takes() => Assert.Multiple(() =>
    {
        var server = rendered.Server;
        var pause = server.Container.Lifecycle.PreStop.Sleep.Seconds;
        // Where the chart says nothing, the host's own default holds.
        var drain = server.Environment.GetValueOrDefault("DOTNET_SHUTDOWNTIMEOUTSECONDS") is { } seconds
            ? int.Parse(seconds, CultureInfo.InvariantCulture)
            : (int)new HostOptions().ShutdownTimeout.TotalSeconds;
        Assert.That(pause, Is.GreaterThan(0));
        Assert.That(server.Pod.TerminationGracePeriodSeconds, Is.GreaterThanOrEqualTo(pause + drain + 10));
    });

    [Test]
    public void Replicas_spread_over_zones_and_machines() => Assert.Multiple(() =>
    {
        var server = rendered.Server;
        Assert.That(server.Pod.TopologySpreadConstraints.Select(constraint => constraint.TopologyKey), Is.EquivalentTo(["topology.kubernetes.io/zone", "kubernetes.io/hostname"]));
        Assert.That(server.Pod.TopologySpreadConstraints.All(constraint => server.Matches(constraint.LabelSelector.MatchLabels)));
    });

    [Test]
    public void Volumes_and_mounts_belong_together() => Assert.Multiple(() =>
    {
        foreach (var workload in rendered.Workloads)
        {
            var claims = rendered.All<V1StatefulSet>().SelectMany(set => set.Spec.VolumeClaimTemplates).Select(claim => claim.Metadata.Name);
            Assert.That(
                workload.Container.VolumeMounts.Select(mount => mount.Name), Is.EquivalentTo(workload.Pod.Volumes.Select(volume => volume.Name).Concat(claims)), workload.Name);
        }
    });
}
