using k8s.Models;

namespace Asc.Charts.Tests;

/// <summary>Services, budgets, policies and autoscalers mean the pods that the chart makes, and no others.</summary>
[TestFixtureSource(typeof(ChartCase), nameof(ChartCase.All))]
internal sealed class SelectorTests(ChartCase chart)
{
    private RenderedChart rendered = null!;

    [OneTimeSetUp]
    public async Task Render() => rendered = await chart.RenderAsync();

    private void MatchesTheServerOnly(IDictionary<string, string> selector, string what) => Assert.Multiple(() =>
    {
        foreach (var workload in rendered.Workloads)
        {
            Assert.That(workload.Matches(selector), Is.EqualTo(workload.Long), $"{what} and {workload.Kind} {workload.Name}");
        }
    });

    [Test]
    public void Services_reach_the_server_at_ports_that_it_has()
    {
        foreach (var service in rendered.All<V1Service>())
        {
            MatchesTheServerOnly(service.Spec.Selector, service.Metadata.Name);
            foreach (var port in service.Spec.Ports)
            {
                Assert.That(rendered.Server.Container.Ports.Select(one => one.Name), Has.Member(port.TargetPort.Value), service.Metadata.Name);
            }
        }
    }

    [Test]
    public void The_disruption_budget_counts_the_server()
    {
        var budget = rendered.Only<V1PodDisruptionBudget>();
        MatchesTheServerOnly(budget.Spec.Selector.MatchLabels, "the budget");
        Assert.That(budget.Spec.MaxUnavailable, Is.Not.Null);
    }

    [Test]
    public void The_workload_selects_its_own_pods() => MatchesTheServerOnly(
        rendered.All<V1StatefulSet>().Select(set => set.Spec.Selector).Concat(rendered.All<V1Deployment>().Select(deployment => deployment.Spec.Selector)).Single().MatchLabels,
        "the workload");

    [Test]
    public async Task Another_release_selects_other_pods()
    {
        var other = await chart.RenderAsync("other");
        Assert.Multiple(() =>
        {
            foreach (var service in rendered.All<V1Service>())
            {
                Assert.That(other.Server.Matches(service.Spec.Selector), Is.False, service.Metadata.Name);
            }
        });
    }

    [Test]
    public void The_network_policy_covers_the_server_and_opens_only_ports_that_it_has()
    {
        if (chart.ValuesFile is "fixed-size-values.yaml" or "schema-kept-elsewhere-values.yaml")
        {
            Assert.That(rendered.All<V1NetworkPolicy>(), Is.Empty, "these values switch it off");
            return;
        }

        var policy = rendered.Only<V1NetworkPolicy>();
        MatchesTheServerOnly(policy.Spec.PodSelector.MatchLabels, "the network policy");
        Assert.Multiple(() =>
        {
            Assert.That(policy.Spec.PolicyTypes, Is.EquivalentTo(["Ingress", "Egress"]));
            Assert.That(policy.Spec.Ingress.SelectMany(rule => rule.Ports).Select(port => port.Port.Value), Is.SubsetOf(rendered.Server.Container.Ports.Select(port => port.Name)));
            foreach (var rule in policy.Spec.Ingress.Where(rule => rule.Ports.Any(port => port.Port.Value is "admin" or "health")))
            {
                Assert.That(rule.FromProperty, Is.Not.Null.And.Not.Empty, "health and metrics are for those named");
                Assert.That(rule.Ports, Has.Count.EqualTo(1));
            }
        });
    }
}
