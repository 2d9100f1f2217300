using Asc.Simulator;
using Microsoft.AspNetCore.Connections;
using System.Net.Sockets;

namespace Asc.Dev;

/// <summary>
/// Where the simulated provider listened last. The kept policy names that address: a port that is free to choose is chosen again, and where
/// the address did change, the policy follows it.
/// </summary>
internal sealed class SimulatorAddress(DevOptions options)
{
    private readonly string file = Path.Combine(options.DataDirectory, "simulator");

    /// <summary>Starts the simulator; a port that is taken is told in one line.</summary>
    public async Task<ProviderSimulator> ListenAsync(Func<SimulatorOptions, SimulatorOptions> compose, CancellationToken cancellation)
    {
        Task<ProviderSimulator> StartAsync(int port) => ProviderSimulator.StartAsync(compose(new() { Port = port }), cancellationToken: cancellation);
        try
        {
            return await StartAsync(options.PortBase == 0 && Last() is { } last ? last.Port : options.Port(90));
        }
        catch (IOException exception) when (IsTaken(exception) && options.PortBase == 0)
        {
            return await StartAsync(0);
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            throw new DevException($"port {options.Port(90)} for the simulator is taken: --port-base N takes other ports, --no-simulator does without.");
        }
    }

    /// <summary>Where providers of the policy are at the address of before, they move to this one. A draft with other changes is not published for it.</summary>
    public async Task FollowAsync(Uri now, DevControlPlane controlPlane, CancellationToken cancellation)
    {
        if (Last() is { } before && before != now)
        {
            var diff = await controlPlane.Admin.DiffAsync(new(), controlPlane.Call, cancellationToken: cancellation);
            var providers = await controlPlane.Admin.ListResourcesAsync(new() { Kind = "Provider" }, controlPlane.Call, cancellationToken: cancellation);
            var moved = providers.Resources.Select(listed => listed.Resource).Where(resource => resource.Provider.BaseUrl.StartsWith(before.ToString(), StringComparison.Ordinal)).ToArray();
            foreach (var resource in moved)
            {
                resource.Provider.BaseUrl = now + resource.Provider.BaseUrl[before.ToString().Length..];
            }

            if (moved.Length > 0)
            {
                await controlPlane.Admin.ApplyAsync(new() { Resources = { moved } }, controlPlane.Call, cancellationToken: cancellation);
                if (diff.Changes.Count == 0)
                {
                    await controlPlane.Admin.PublishAsync(new() { Message = $"the simulated provider listens at {now}" }, controlPlane.Call, cancellationToken: cancellation);
                }
            }
        }

        await File.WriteAllTextAsync(file, now.ToString(), cancellation);
    }

    private static bool IsTaken(IOException exception) => exception.InnerException is AddressInUseException or SocketException;

    private Uri? Last() => File.Exists(file) && Uri.TryCreate(File.ReadAllText(file), UriKind.Absolute, out var last) ? last : null;
}
