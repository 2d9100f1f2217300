using System.Diagnostics;
using System.Net.Sockets;
using Asc.DataPlane;
using Asc.Simulator;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;

namespace Asc.Dev;

/// <summary>Everything on one machine: control plane, nodes and simulated provider in this process, as production runs them but for TLS.</summary>
internal sealed class DevStack : IAsyncDisposable
{
    private static readonly TimeSpan NodesPatience = TimeSpan.FromSeconds(30);
    private readonly DevOptions options;
    private readonly DevComposition composition;
    private readonly SimulatorAddress simulatorAddress;
    private readonly List<DevNodeHost> nodes = [];
    private DataDirectory? directory;

    private DevStack(DevOptions options, DevComposition composition) =>
        (this.options, this.composition, simulatorAddress) = (options, composition, new(options));

    public DevControlPlane ControlPlane { get; private set; } = null!;

    public ProviderSimulator? Simulator { get; private set; }

    public IReadOnlyList<DevNodeHost> Nodes => nodes;

    /// <summary>What whoever started it should know; null where there is nothing.</summary>
    public string? Remark { get; private set; }

    /// <summary>What dev.json says.</summary>
    public DevJson Description { get; private set; } = null!;

    /// <summary>Starts all; returns once every node enforces the newest policy and knows this run's keys.</summary>
    /// <exception cref="DevException">Something is in the way: one line says what.</exception>
    public static async Task<DevStack> StartAsync(DevOptions options, DevComposition composition, CancellationToken cancellation)
    {
        var stack = new DevStack(options, composition);
        try
        {
            stack.directory = DataDirectory.Claim(options.DataDirectory);
            await stack.StartAsync(cancellation);
            return stack;
        }
        catch (RpcException exception) when (!cancellation.IsCancellationRequested)
        {
            await stack.DisposeAsync();
            throw new DevException($"the control plane refused: {exception.Status.Detail}");
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>What to try first: routes before models, as the policy has them; null where it permits nothing.</summary>
    public async Task<FirstRequest?> FindFirstRequestAsync(CancellationToken cancellation)
    {
        foreach (var key in Description.Keys)
        {
            var tenant = await ControlPlane.Admin.DescribeTenantAsync(new() { Path = key.Tenant }, ControlPlane.Call, cancellationToken: cancellation);
            foreach (var name in tenant.Names.OrderByDescending(name => name.Kind).Where(name => name.Candidates.Any(candidate => candidate.Kept)))
            {
                foreach (var node in Description.Nodes)
                {
                    var explained = await ControlPlane.Admin.ExplainAsync(new() { Tenant = key.Tenant, Model = name.Name, Region = node.Region }, ControlPlane.Call, cancellationToken: cancellation);
                    if (explained.Verdict == "allow")
                    {
                        return new(node, key, name.Name);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Starts a host; a port that is taken is told in one line.</summary>
    public static async Task ListenAsync(WebApplication host, string what, int port, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException or SocketException)
        {
            // What had started beside the listener ends in order.
            await host.StopAsync(CancellationToken.None);
            await host.DisposeAsync();
            throw new DevException($"port {port} for the {what} is taken: is another Asc.Dev running? --port-base N takes other ports, --port-base 0 free ones.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Description is not null)
        {
            // Only what this process wrote.
            File.Delete(options.DevJsonPath);
        }

        await Task.WhenAll(nodes.Select(node => node.StopAsync()));
        if (ControlPlane is not null)
        {
            await ControlPlane.DisposeAsync();
        }

        if (Simulator is not null)
        {
            await Simulator.DisposeAsync();
        }

        directory?.Dispose();
        if (options.Ephemeral && Directory.Exists(options.DataDirectory))
        {
            Directory.Delete(options.DataDirectory, recursive: true);
        }
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        var simulating = StartSimulatorAsync(cancellation);
        ControlPlane = await DevControlPlane.StartAsync(options, composition, cancellation);
        await simulating;
        if (!await SampleOrganisation.PublishAsync(ControlPlane, options.PolicyPath, Simulator?.BaseAddress, cancellation) && options.PolicyPath is not null)
        {
            Remark = $"{options.DataDirectory} has a policy already, which stays in force. asc apply -f {options.PolicyPath} changes the draft; --data-dir DIR or --ephemeral begins anew.";
        }

        if (Simulator is not null)
        {
            await simulatorAddress.FollowAsync(Simulator.BaseAddress, ControlPlane, cancellation);
        }

        var tokens = new NodeTokens(ControlPlane, options.DataDirectory);
        await tokens.RevokeEarlierAsync(cancellation);
        foreach (var (name, region, offset) in composition.Nodes)
        {
            nodes.Add(new DevNodeHost(NodeOptions(name, region, offset, await tokens.IssueAsync(region, cancellation)), composition));
        }

        var keys = SampleOrganisation.RotateKeysAsync(ControlPlane, cancellation);
        await Task.WhenAll([keys, .. nodes.Select(node => node.StartAsync(cancellation))]);
        var version = await AwaitNodesAsync(cancellation);
        var description = Describe(version, await keys);
        description.Write(options.DevJsonPath);
        Description = description;
    }

    private async Task StartSimulatorAsync(CancellationToken cancellation)
    {
        if (!options.Simulator)
        {
            return;
        }

        Simulator = await simulatorAddress.ListenAsync(composition.Simulator, cancellation);
    }

    private DataPlaneOptions NodeOptions(string name, string region, int offset, string token)
    {
        var node = new DataPlaneOptions
        {
            Name = name, Region = region, ListenAddress = "127.0.0.1", Port = options.Port(offset), AdminAddress = "127.0.0.1", AdminPort = options.Port(offset + 1),
            ControlPlane = ControlPlane.Address, NodeToken = token, DataDirectory = Path.Combine(options.DataDirectory, name),
            HeartbeatInterval = TimeSpan.FromSeconds(1), ReconnectDelayMaximum = TimeSpan.FromSeconds(1),
            // The planes share this process, and the control plane does block on its database.
            InlineScheduling = false,
        };
        node.TrustedKeys.Add(ControlPlane.Verifier.ToString());
        return node;
    }

    private async Task<ulong> AwaitNodesAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var listed = await ControlPlane.Admin.ListNodesAsync(new(), ControlPlane.Call, cancellationToken: cancellation);
            var mine = listed.Nodes.Where(node => nodes.Exists(host => host.Name == node.Name)).ToArray();
            if (mine.FirstOrDefault(node => node.State == "nacked") is { } refusing)
            {
                throw new DevException($"{refusing.Name} refuses the policy: {refusing.Reason}");
            }

            if (mine.Length == nodes.Count && mine.All(node => node.State == "current" && node.AccessSequence >= node.DesiredAccessSequence))
            {
                return mine.Length > 0 ? mine.Max(node => node.Version) : 0;
            }

            if (Stopwatch.GetElapsedTime(started) > NodesPatience)
            {
                throw new DevException($"after {NodesPatience.TotalSeconds} s not every node enforces the policy: {string.Join(", ", mine.Select(node => $"{node.Name} {node.State} {node.Reason} (keys {node.AccessSequence} of {node.DesiredAccessSequence})"))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    private DevJson Describe(ulong version, IReadOnlyList<DevKey> keys) => new(
        Ready: true, Environment.ProcessId, options.DataDirectory, CliLocation.Path, Text(ControlPlane.Address), Simulator is null ? null : Text(Simulator.BaseAddress),
        ControlPlane.AdminToken, version, [.. nodes.Select(node => new DevNode(node.Name, node.Region, Text(node.Url), Text(node.Admin), node.DataDirectory))], keys);

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
