using Asc.Contracts.Distribution.V1;

namespace Asc.ControlPlane.Distribution;

/// <summary>Circuits that opened or closed between two heartbeats of a node. A circuit stays open longer than a heartbeat takes to come.</summary>
internal static class CircuitChanges
{
    /// <param name="before">What the node told last: a serialized list; null: nothing.</param>
    /// <param name="now">What it tells.</param>
    public static IEnumerable<(string Action, string Provider, string Subject, string Reason)> Between(byte[]? before, IEnumerable<DeploymentHealth> now)
    {
        var (earlier, current) = (ByName(DeploymentHealthList.Parser.ParseFrom(before ?? []).Deployments), ByName(now));
        foreach (var (name, deployment) in current)
        {
            var wasOpen = earlier.TryGetValue(name, out var known) && IsOpen(known);
            if (IsOpen(deployment) != wasOpen)
            {
                yield return wasOpen
                    ? ("circuit.close", deployment.Provider, name, "it answers again")
                    : ("circuit.open", deployment.Provider, name, "half its calls of ten seconds failed");
            }
        }

        foreach (var (name, deployment) in earlier.Where(known => IsOpen(known.Value) && !current.ContainsKey(known.Key)))
        {
            yield return ("circuit.close", deployment.Provider, name, "the node started again, or its policy no longer names the deployment");
        }
    }

    // Half open it lets a probe through, and is not well yet.
    private static bool IsOpen(DeploymentHealth deployment) => deployment.Circuit is "open" or "half-open";

    private static Dictionary<string, DeploymentHealth> ByName(IEnumerable<DeploymentHealth> deployments) => deployments
        .DistinctBy(NameOf, StringComparer.Ordinal).ToDictionary(NameOf, StringComparer.Ordinal);

    private static string NameOf(DeploymentHealth deployment) => $"{deployment.UpstreamModel} of {deployment.Provider} in {deployment.Region}";
}
