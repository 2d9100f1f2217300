using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.DataPlane.Resilience;
using Asc.Dev;
using Asc.Simulator;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace Asc.Functional.Tests;

/// <summary>Asc.Dev's own composition on free ports, in a folder of its own; admins use the real CLI, applications the official SDK.</summary>
internal sealed class AscTestBed : IAsyncDisposable
{
    private readonly RecordedLogs logs;

    private AscTestBed(DevStack stack, RecordedLogs logs) => (Stack, this.logs) = (stack, logs);

    public DevStack Stack { get; }

    /// <summary>Parts of errors that this test provokes.</summary>
    public List<string> ExpectedErrors { get; } = [];

    public IEnumerable<string> LogLines => logs.Lines;

    public ProviderSimulator Simulator => Stack.Simulator!;

    public string HealthKey => Key("acme/health");

    public string RetailKey => Key("acme/retail");

    public static async Task<AscTestBed> StartAsync(Func<DevComposition, DevComposition>? compose = null, string? dataDirectory = null)
    {
        var logs = new RecordedLogs();
        var directory = dataDirectory ?? Path.Combine(Path.GetTempPath(), $"asc-test-{Guid.NewGuid():n}");
        var options = new DevOptions(directory, Ephemeral: dataDirectory is null, PortBase: 0, PolicyPath: null, Simulator: true, Path.Combine(directory, "dev.json"));
        var composition = DevComposition.Default with
        {
            Logs = logs,
            Simulator = simulator => simulator with { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero },
        };
        return new(await DevStack.StartAsync(options, compose?.Invoke(composition) ?? composition, CancellationToken.None), logs);
    }

    public string Key(string tenant) => Stack.Description.Keys.Single(key => key.Tenant == tenant).Key;

    /// <summary>The official SDK, with nothing changed but base URL and key.</summary>
    public ChatClient Client(string region, string key, string model) => new(
        model, new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(Node(region).Url, "/v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

    public DevNodeHost Node(string region) => Stack.Nodes.Single(node => node.Region == region);

    /// <summary>Runs <c>asc</c> as a process of its own.</summary>
    public async Task<CliResult> AscAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Stack.Description.Cli, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASC_DEV"] = Path.Combine(Stack.Description.DataDir, "dev.json");
        start.Environment["ASC_CONFIG_DIR"] = Stack.Description.DataDir;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Runs <c>asc … -o json</c> and expects it to succeed.</summary>
    public async Task<JsonNode> AscJsonAsync(params string[] arguments)
    {
        var result = await AscAsync([.. arguments, "-o", "json"]);
        Assert.That(result.ExitCode, Is.Zero, result.Error + result.Output);
        return JsonNode.Parse(result.Output)!;
    }

    /// <summary>The events that match, once there are <paramref name="count"/> of them.</summary>
    public async Task<IReadOnlyList<JsonNode>> EventsAsync(int count, params string[] filters)
    {
        IReadOnlyList<JsonNode> events = [];
        await EventuallyAsync(async () =>
        {
            var result = await AscAsync(["events", "--limit", "1000", .. filters, "-o", "json"]);
            events = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
            return events.Count >= count;
        });
        return events;
    }

    /// <summary>The provider is well again, and every node asks it.</summary>
    public Task HealAsync()
    {
        Simulator.SetFaults();
        var boards = Stack.Nodes.Select(node => node.Services.GetRequiredService<HealthBoard>()).ToArray();
        return EventuallyAsync(() => Task.FromResult(boards.SelectMany(board => board.All).All(health => !health.IsOpen(TimeProvider.System.GetTimestamp()))), seconds: 90);
    }

    /// <summary>Waits for what comes soon.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, double seconds = 10)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(started).TotalSeconds, Is.LessThan(seconds), "it did not come");
            await Task.Yield();
        }
    }

    public static string Json(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    public async ValueTask DisposeAsync()
    {
        await Stack.DisposeAsync();
        Assert.That(logs.Errors.Where(error => !ExpectedErrors.Any(expected => error.Contains(expected, StringComparison.Ordinal))), Is.Empty, "no host may log an error that no test expects");
    }
}

internal sealed record CliResult(int ExitCode, string Output, string Error);
