using System.Net;
using System.Net.Sockets;

namespace Asc.Functional.Tests;

/// <summary>What can't be reached is told in plain words: what, where, and what to do.</summary>
public sealed class CliReachTests
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [TestCase("http://127.0.0.1:1", "The control plane at http://127.0.0.1:1 can't be reached: Connection refused. See whether it runs. Check the address that --server, ASC_SERVER or the context gives.")]
    [TestCase("https://no-such-host.invalid", "The control plane at https://no-such-host.invalid can't be reached: no-such-host.invalid is not a name that is known here. Check the address")]
    public async Task Nothing_there(string server, string expected) => await ExpectAsync(server, expected);

    [Test]
    public async Task Something_else_there()
    {
        var node = bed.Node("eu").Url.GetLeftPart(UriPartial.Authority);

        await ExpectAsync(node, $"What answers at {node} is no control plane. Check the address");
        await ExpectAsync(node.Replace("http:", "https:", StringComparison.Ordinal), $"The control plane at {node.Replace("http:", "https:", StringComparison.Ordinal)} can't be reached safely: ");
    }

    [Test]
    public async Task A_connection_that_breaks_while_events_are_followed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var following = bed.AscAsync("events", "--follow", "--server", $"http://127.0.0.1:{port}");
        using (var caller = await listener.AcceptTcpClientAsync())
        using (var controlPlane = new TcpClient())
        {
            await controlPlane.ConnectAsync(IPAddress.Loopback, bed.Stack.ControlPlane.Address.Port);
            var there = caller.GetStream().CopyToAsync(controlPlane.GetStream());
            // What publishing the sample policy left is being told when the line goes dead.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var buffer = new byte[64 * 1024];
            for (var told = 0; told < 2_000;)
            {
                var read = await controlPlane.GetStream().ReadAsync(buffer, patience.Token);
                await caller.GetStream().WriteAsync(buffer.AsMemory(0, read));
                told += read;
            }
        }

        var result = await following;

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(result.Error, Is.EqualTo($"asc: unreachable: The connection to the control plane at http://127.0.0.1:{port} broke. See whether it runs, then repeat the command.\n"));
    }

    private async Task ExpectAsync(string server, string expected)
    {
        var result = await bed.AscAsync("get", "nodes", "--server", server, "--token", "asca_x");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((3, "")), result.Error);
        Assert.That(result.Error, Does.StartWith("asc: unreachable: " + expected).And.EndsWith("\n"));
    }
}
