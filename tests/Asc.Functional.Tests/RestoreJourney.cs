using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Dev;
using Microsoft.Data.Sqlite;

namespace Asc.Functional.Tests;

/// <summary>The control plane's database is restored from a backup (architecture, 5, and docs/operations).</summary>
public sealed class RestoreJourney
{
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Asc.ControlPlane", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Asc.ControlPlane"));

    private AscTestBed bed = null!;

    private string Database => Path.Combine(bed.Stack.Description.DataDir, "control-plane.db");

    [SetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [TearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task An_old_database_is_visible_and_once_it_is_said_to_be_restored_nodes_follow_it()
    {
        var kept = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "kept");
        var backup = Database + ".backup";
        Copy(Database, backup);
        var lost = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "lost");
        await bed.AscJsonAsync("key", "revoke", kept["id"]!.GetValue<string>());
        await PublishAsync("acme/lost");
        await PublishAsync("acme/lost-too");
        await AssertOnBothAsync(kept, 401);
        await AssertOnBothAsync(lost, 200);

        await bed.Stack.ControlPlane.StopAsync();
        SqliteConnection.ClearAllPools();
        Array.ForEach(["-wal", "-shm"], suffix => File.Delete(Database + suffix));
        File.Move(backup, Database, overwrite: true);
        await bed.Stack.ControlPlane.RestartAsync(CancellationToken.None);

        await NodesAsync(node => node["state"]!.GetValue<string>() == "behind" && node["reason"]!.GetValue<string>().Contains("restored -m WHY", StringComparison.Ordinal));
        await AssertOnBothAsync(kept, 401);
        await AssertOnBothAsync(lost, 200);
        var told = (await bed.EventsAsync(2, "--type", "node")).Where(item => item.ToJsonString().Contains("node.ahead", StringComparison.Ordinal));
        Assert.That(told.Count(), Is.EqualTo(2), "one for each node");

        var (code, output, error) = await RestoredAsync("-m", "the disk died", "--connection-string", $"Data Source={Database}");
        Assert.That(code, Is.Zero, error);
        Assert.That(error, Does.Contain("nodes go to version 2").And.Contain("must be again"));
        var epoch = ulong.Parse(output, System.Globalization.CultureInfo.InvariantCulture);
        var nodes = await NodesAsync(node => node["state"]!.GetValue<string>() == "current");
        Assert.That(nodes.Select(node => (node["version"]!.GetValue<ulong>(), node["accessEpoch"]!.GetValue<ulong>())), Is.All.EqualTo((2UL, epoch)));
        var versions = (await bed.AscJsonAsync("versions"))["items"]!.AsArray();
        Assert.That((versions[0]!["digest"]!.GetValue<string>(), versions[0]!["message"]!.GetValue<string>()), Is.EqualTo((versions[1]!["digest"]!.GetValue<string>(), "the disk died")));
        await AssertOnBothAsync(kept, 200);
        await AssertOnBothAsync(lost, 401);

        await bed.AscJsonAsync("key", "revoke", kept["id"]!.GetValue<string>());
        await AscTestBed.EventuallyAsync(async () => await StatusAsync("eu", kept) == 401 && await StatusAsync("us", kept) == 401, seconds: 1);
        await PublishAsync("acme/after");
        await bed.EventsAsync(2, "--type", "request", "--rule", "key_revoked");
    }

    [Test]
    public async Task The_command_says_what_it_needs()
    {
        var (code, _, error) = await RestoredAsync("--connection-string", $"Data Source={Database}");
        Assert.That((code, error), Is.EqualTo((1, "asc-controlplane: restored needs -m WHY, of at most 1000 characters: it is what the record will say\n")));
    }

    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from}");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    private static async Task<(int Code, string Output, string Error)> RestoredAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["restored", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private async Task PublishAsync(string tenant)
    {
        var file = Path.Combine(bed.Stack.Description.DataDir, "tenant.yaml");
        await File.WriteAllTextAsync(file, $"apiVersion: asc/v1\nkind: Tenant\nmetadata: {{ path: {tenant} }}\nspec: {{}}\n");
        await bed.AscJsonAsync("apply", "-f", file);
        await bed.AscJsonAsync("publish", "-m", tenant, "--wait");
    }

    private async Task<IReadOnlyList<JsonNode>> NodesAsync(Func<JsonNode, bool> condition)
    {
        IReadOnlyList<JsonNode> nodes = [];
        await AscTestBed.EventuallyAsync(
            async () =>
            {
                nodes = [.. (await bed.AscJsonAsync("get", "nodes"))["items"]!.AsArray().Select(node => node!)];
                return nodes.Count == 2 && nodes.All(condition);
            },
            15);
        return nodes;
    }

    private async Task AssertOnBothAsync(JsonNode key, int status)
    {
        foreach (var region in new[] { "eu", "us" })
        {
            await AscTestBed.EventuallyAsync(async () => await StatusAsync(region, key) == status);
        }
    }

    private async Task<int> StatusAsync(string region, JsonNode key)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node(region).Url, "/v1/chat/completions"))
        {
            Content = new StringContent("{\"model\":\"chat-default\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("authorization", "Bearer " + key["key"]!.GetValue<string>());
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
