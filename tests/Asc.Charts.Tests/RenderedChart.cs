using k8s;
using k8s.Models;

namespace Asc.Charts.Tests;

/// <summary>What a chart renders, read strictly: a field that Kubernetes doesn't know is an error.</summary>
internal sealed class RenderedChart(string text)
{
    public string Text { get; } = text;

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; } =
        [.. KubernetesYaml.LoadAllFromString(text, null, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];

    public IReadOnlyList<T> All<T>() => [.. Objects.OfType<T>()];

    public T Only<T>()
    {
        var found = All<T>();
        Assert.That(found, Has.Count.EqualTo(1), $"{typeof(T).Name} in the chart");
        return found[0];
    }

    /// <summary>Each pod that the chart makes, with the name of what makes it.</summary>
    public IReadOnlyList<Workload> Workloads =>
    [
        .. All<V1StatefulSet>().Select(set => new Workload("StatefulSet", set.Metadata.Name, set.Spec.Template, Long: true)),
        .. All<V1Deployment>().Select(deployment => new Workload("Deployment", deployment.Metadata.Name, deployment.Spec.Template, Long: true)),
        .. All<V1Job>().Select(job => new Workload("Job", job.Metadata.Name, job.Spec.Template, Long: false)),
    ];

    /// <summary>The one that stays.</summary>
    public Workload Server => Workloads.Single(workload => workload.Long);
}

/// <param name="Kind">StatefulSet, Deployment or Job.</param>
/// <param name="Name">Its own.</param>
/// <param name="Template">Its pods.</param>
/// <param name="Long">Whether it runs on, so that probes and drains matter.</param>
internal sealed record Workload(string Kind, string Name, V1PodTemplateSpec Template, bool Long)
{
    public V1PodSpec Pod => Template.Spec;

    public V1Container Container => Pod.Containers.Single();

    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    public bool Matches(IDictionary<string, string> selector) => selector.Count > 0 && selector.All(pair => Labels.Contains(pair));

    public int Port(string name) => Container.Ports.Single(port => port.Name == name).ContainerPort;

    /// <summary>Environment by name; what a secret or a field gives reads as null.</summary>
    public Dictionary<string, string?> Environment => Container.Env.ToDictionary(variable => variable.Name, variable => (string?)variable.Value, StringComparer.Ordinal);
}
