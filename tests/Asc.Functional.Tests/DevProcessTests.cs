using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Asc.Functional.Tests;

/// <summary>Asc.Dev as people start and stop it: the program itself, its signals, its one clear line.</summary>
public sealed class DevProcessTests
{
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Asc.Dev", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "asc-dev"));

    private string folder = "";

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("asc-dev-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task It_is_ready_prints_a_request_that_works_and_ends_quickly_even_with_a_stream_that_never_does()
    {
        using var dev = Start("--data-dir", folder, "--port-base", "0");
        var description = await ReadyAsync(dev);
        Assert.That(OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(Path.Combine(folder, "dev.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var curl = await CurlLineAsync(dev);
        Assert.That(await RunAsync("bash", "-c", curl.Replace("curl ", "curl -sf ", StringComparison.Ordinal)), Is.Zero, curl);

        using var client = new HttpClient();
        await client.PutAsync(description["simulator"] + "/_sim/faults", new StringContent("[{\"fault\":\"stall\",\"afterChunks\":2}]", Encoding.UTF8, "application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, description["nodes"]![0]!["url"] + "/v1/chat/completions")
        {
            Content = new StringContent("{\"model\":\"chat-default\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("authorization", "Bearer " + description["keys"]![0]!["key"]);
        using var stream = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        var since = Stopwatch.GetTimestamp();
        await RunAsync("kill", "-INT", dev.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
        {
            // Where whoever runs the tests ignores SIGINT, the program inherits that: a failure, not an endless wait.
            await dev.WaitForExitAsync(patience.Token);
        }

        Assert.Multiple(() =>
        {
            Assert.That(dev.ExitCode, Is.Zero);
            Assert.That(Stopwatch.GetElapsedTime(since).TotalSeconds, Is.LessThan(10));
            Assert.That(File.Exists(Path.Combine(folder, "dev.json")), Is.False);
            Assert.That(dev.StandardError.ReadToEnd(), Does.Not.Contain("lost"), "the stream's record came home");
        });
    }

    [Test]
    public async Task A_second_one_in_the_same_folder_says_so_in_one_line_and_leaves_the_first_alone()
    {
        using var first = Start("--data-dir", folder, "--port-base", "0");
        await ReadyAsync(first);

        await AssertRefusedAsync("is another Asc.Dev running", "--data-dir", folder, "--port-base", "0");
        Assert.That(File.Exists(Path.Combine(folder, "dev.json")), Is.True);
        first.Kill();
        await first.WaitForExitAsync();
    }

    [Test]
    public async Task It_ends_cleanly_however_early_it_is_told_to()
    {
        foreach (var early in new[] { TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(1200), TimeSpan.Zero })
        {
            using var dev = Start("--data-dir", folder, "--port-base", "0");
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }
            else
            {
                // Before it has said where everything is.
                await ReadyAsync(dev);
            }

            await RunAsync("kill", "-TERM", dev.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await dev.WaitForExitAsync(patience.Token);
            Assert.That((dev.ExitCode, await dev.StandardError.ReadToEndAsync()), Is.EqualTo((0, "")), $"after {early}");
        }
    }

    [Test]
    public async Task A_policy_for_a_folder_that_has_one_is_checked_and_not_applied()
    {
        var (good, bad) = (Path.Combine(folder, "good.yaml"), Path.Combine(folder, "bad.yaml"));
        await File.WriteAllTextAsync(good, "apiVersion: asc/v1\nkind: Tenant\nmetadata: { path: other }\nspec: {}\n");
        await File.WriteAllTextAsync(bad, "apiVersion: asc/v1\nkind: Tenant\nmetadata: { path: other }\nspec: { modles: {} }\n");
        using (var first = Start("--data-dir", folder, "--port-base", "0"))
        {
            await ReadyAsync(first);
            await StopAsync(first);
        }

        await AssertRefusedAsync("bad.yaml:4:", "--data-dir", folder, "--port-base", "0", "--policy", bad);
        using var again = Start("--data-dir", folder, "--port-base", "0", "--policy", good);
        Assert.That((await ReadyAsync(again))["keys"]!.AsArray().Select(key => key!["tenant"]!.GetValue<string>()), Does.Not.Contain("other"));
        await StopAsync(again);
        Assert.That(await again.StandardError.ReadToEndAsync(), Does.Contain("has a policy already").And.Contain("asc apply -f"));
    }

    private static async Task StopAsync(Process dev)
    {
        await RunAsync("kill", "-TERM", dev.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await dev.WaitForExitAsync(patience.Token);
        Assert.That(dev.ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_taken_port_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await AssertRefusedAsync($"port {port}", "--data-dir", folder, "--port-base", (port - 10).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Test]
    public Task A_folder_that_can_not_be_made_is_one_line() => AssertRefusedAsync("--data-dir DIR", "--data-dir", "/proc/nope", "--port-base", "0");

    [Test]
    public Task An_unknown_option_is_one_line() => AssertRefusedAsync("--bogus", "--bogus");

    [Test]
    public async Task A_bad_policy_is_one_line_with_its_place()
    {
        var policy = Path.Combine(folder, "policy.yaml");
        await File.WriteAllTextAsync(policy, "apiVersion: asc/v1\nkind: Tenant\nmetadata: { path: acme }\nspec: { modles: {} }\n");

        await AssertRefusedAsync("policy.yaml:4:", "--data-dir", Path.Combine(folder, "data"), "--port-base", "0", "--policy", policy);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task AssertRefusedAsync(string text, params string[] arguments)
    {
        using var process = Start(arguments);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(1), error);
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1), error);
        Assert.That(error, Does.Contain(text).IgnoreCase);
    }

    private static async Task<string> CurlLineAsync(Process dev)
    {
        var line = "";
        while (!line.Contains("curl ", StringComparison.Ordinal))
        {
            line = await dev.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("no curl line");
        }

        return line + "\n" + await dev.StandardOutput.ReadLineAsync();
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private async Task<JsonNode> ReadyAsync(Process dev)
    {
        var file = Path.Combine(folder, "dev.json");
        await AscTestBed.EventuallyAsync(async () =>
        {
            await Task.Delay(20);
            Assert.That(dev.HasExited, Is.False, () => dev.StandardError.ReadToEnd());
            return File.Exists(file);
        }, 60);
        return JsonNode.Parse(await File.ReadAllTextAsync(file))!;
    }
}
