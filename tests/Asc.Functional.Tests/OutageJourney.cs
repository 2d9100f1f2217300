using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Dev;
using Microsoft.Data.Sqlite;

namespace Asc.Functional.Tests;

/// <summary>What the outage contract promises (architecture, 5), as far as it exists.</summary>
public sealed class OutageJourney
{
    private AscTestBed bed = null!;

    [SetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [TearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task Without_the_control_plane_nodes_serve_on_and_start_anew_and_when_it_returns_they_catch_up()
    {
        await bed.Stack.ControlPlane.StopAsync();

        await AssertServedAsync("eu", "us");
        bed.ExpectedErrors.Add("before the control plane took 1 records");
        foreach (var node in bed.Stack.Nodes)
        {
            await node.StopAsync();
            await node.StartAsync(CancellationToken.None);
        }

        await AssertServedAsync("eu", "us");

        await bed.Stack.ControlPlane.RestartAsync(CancellationToken.None);
        await AscTestBed.EventuallyAsync(async () => (await bed.AscJsonAsync("get", "nodes"))["items"]!.AsArray().All(node => node!["state"]!.GetValue<string>() == "current"), 15);
        // The two of the nodes that ended were in their memory only: the durable spool is not there yet.
        Assert.That(await bed.EventsAsync(2, "--type", "request", "--outcome", "ok"), Has.Count.EqualTo(2), "the records of the outage came home");
    }

    [Test]
    public async Task Without_the_database_a_node_that_has_nothing_gets_its_policy_and_its_keys()
    {
        bed.ExpectedErrors.AddRange(["The database can't be read", "because the database does not answer", "What is to be sent can't be read"]);
        var node = bed.Node("eu");
        await node.StopAsync();
        Directory.Delete(node.DataDirectory, recursive: true);
        var database = Path.Combine(bed.Stack.Description.DataDir, "control-plane.db");
        File.Move(database, database + ".away");
        Directory.CreateDirectory(database);
        SqliteConnection.ClearAllPools();
        Assert.That((await bed.AscAsync("get", "nodes")).Error, Does.Contain("database"), "admins are told that it is away");

        await node.StartAsync(CancellationToken.None);
        await AscTestBed.EventuallyAsync(async () =>
        {
            // Of a tenant without limits: a node whose volume is gone has no share until the database gives it one.
            using var response = await PostAsync(bed, "eu", bed.HealthKey);
            return response.IsSuccessStatusCode;
        });

        Directory.Delete(database);
        // Whoever came in between has begun an empty database, and must not go on with it.
        File.Move(database + ".away", database, overwrite: true);
        SqliteConnection.ClearAllPools();
        await AscTestBed.EventuallyAsync(
            async () => await bed.AscAsync("get", "nodes", "-o", "json") is { ExitCode: 0 } listed
                && JsonNode.Parse(listed.Output)!["items"]!.AsArray().All(item => item!["state"]!.GetValue<string>() == "current"), 15);
        Assert.That(await bed.EventsAsync(1, "--type", "request", "--outcome", "ok"), Has.Count.GreaterThanOrEqualTo(1), "and the records come home");
    }

    [Test]
    public async Task A_node_that_is_told_to_stop_sends_its_records_first()
    {
        await AssertServedAsync("eu");
        await bed.Node("eu").StopAsync();

        Assert.That(await bed.EventsAsync(1, "--type", "request"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Policy_keys_and_history_survive_a_restart_of_everything()
    {
        var kept = Directory.CreateTempSubdirectory("asc-kept-").FullName;
        string first;
        await using (var before = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            first = before.HealthKey;
            await before.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "app");
        }

        Assert.That(File.Exists(Path.Combine(kept, "dev.json")), Is.False, "removed at exit");
        await using (var after = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            Assert.That((await after.AscJsonAsync("versions"))["items"]!.AsArray(), Has.Count.EqualTo(1), "the sample is published once");
            var keys = (await after.AscJsonAsync("get", "keys"))["items"]!.AsArray();
            Assert.That(keys.Count(key => key!["name"]!.GetValue<string>() == "app" && key["state"]!.GetValue<string>() == "active"), Is.EqualTo(1));
            using var response = await PostAsync(after, "eu", first);
            Assert.That((int)response.StatusCode, Is.EqualTo(401), "the demo keys of the run before are dead");
        }

        Directory.Delete(kept, recursive: true);
    }

    [Test]
    public async Task Once_it_is_ready_every_node_knows_this_runs_keys_and_no_others()
    {
        var kept = Directory.CreateTempSubdirectory("asc-kept-").FullName;
        var old = "";
        for (var start = 0; start < 4; start++)
        {
            await using var again = await AscTestBed.StartAsync(dataDirectory: kept);
            foreach (var region in new[] { "eu", "us" })
            {
                using var served = await PostAsync(again, region, again.RetailKey);
                Assert.That((int)served.StatusCode, Is.EqualTo(200), $"start {start}, {region}");
                using var refused = await PostAsync(again, region, old);
                Assert.That((int)refused.StatusCode, Is.EqualTo(401), $"start {start}, {region}");
            }

            old = again.RetailKey;
        }

        Directory.Delete(kept, recursive: true);
    }

    [Test]
    public async Task A_kept_policy_follows_the_simulator_to_another_port()
    {
        var kept = Directory.CreateTempSubdirectory("asc-kept-").FullName;
        int port;
        await using (var before = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            port = before.Simulator.BaseAddress.Port;
        }

        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();
        await using (var after = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            Assert.That(after.Simulator.BaseAddress.Port, Is.Not.EqualTo(port), "the check can fail");
            using var served = await PostAsync(after, "eu", after.RetailKey);
            Assert.That((int)served.StatusCode, Is.EqualTo(200));
        }

        Directory.Delete(kept, recursive: true);
    }

    private async Task AssertServedAsync(params string[] regions)
    {
        foreach (var region in regions)
        {
            using var response = await PostAsync(bed, region, bed.RetailKey);
            Assert.That((int)response.StatusCode, Is.EqualTo(200), region);
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(AscTestBed bed, string region, string key)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node(region).Url, "/v1/chat/completions"))
        {
            Content = new StringContent("{\"model\":\"chat-default\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("authorization", "Bearer " + key);
        return await client.SendAsync(request);
    }
}
