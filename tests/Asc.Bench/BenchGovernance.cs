using Asc.Dev;

namespace Asc.Bench;

/// <summary>A real control plane with a policy of one provider, and a key that may use it.</summary>
internal sealed class BenchGovernance : IAsyncDisposable
{
    private readonly DevStack stack;

    private BenchGovernance(DevStack stack, string key) => (this.stack, Key) = (stack, key);

    public DevControlPlane ControlPlane => stack.ControlPlane;

    public string Key { get; }

    public static async Task<BenchGovernance> StartAsync(string folder, Uri upstream)
    {
        Directory.CreateDirectory(folder);
        var policy = Path.Combine(folder, "policy.yaml");
        await File.WriteAllTextAsync(policy, $$"""
            apiVersion: asc/v1
            kind: Provider
            metadata: { name: bench }
            spec: { protocol: openai, baseUrl: "{{upstream}}", credential: { secret: bench }, region: eu, network: private }
            ---
            apiVersion: asc/v1
            kind: Model
            metadata: { name: gpt-5-mini }
            spec: { deployments: [ { provider: bench, upstreamModel: gpt-5-mini-2025-08-07 } ] }
            ---
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: bench }
            spec: { models: { allow: ["gpt-*"] }, residency: { allow: [eu] } }
            ---
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: bench/app }
            spec: { models: { allow: [gpt-5-mini] } }
            """);
        var options = new DevOptions(folder, Ephemeral: false, PortBase: 0, policy, Simulator: false, Path.Combine(folder, "dev.json"));
        var stack = await DevStack.StartAsync(options, DevComposition.Default with { Nodes = [] }, CancellationToken.None);
        return new(stack, stack.Description.Keys.Single().Key);
    }

    /// <summary>About 1 KB.</summary>
    public static string Request(bool stream, bool upstreamName = false) =>
        $"{{\"model\":\"gpt-5-mini{(upstreamName ? "-2025-08-07" : "")}\",\"messages\":[{{\"role\":\"user\",\"content\":\"{new string('a', 900)}\"}}]{(stream ? ",\"stream\":true" : "")}}}";

    public ValueTask DisposeAsync() => stack.DisposeAsync();
}
