using System.Diagnostics;
using System.Globalization;
using Asc.Simulator;

namespace Asc.Bench;

/// <summary>
/// A node against nginx as a plain reverse proxy, on the same provider, in turns in one run; the figures are CPU per request and event, and
/// their ratios within the run. Whatever is measured has one core, load and provider the other.
/// </summary>
internal static class NodeBenchmark
{
    private const int Rounds = 9;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);
    private static readonly string Answer =
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-5-mini-2025-08-07\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" +
        new string('x', 900) + "\",\"refusal\":null},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":250,\"completion_tokens\":220,\"total_tokens\":470}}";

    public static async Task<int> RunAsync(bool json, bool streams)
    {
        Process.GetCurrentProcess().ProcessorAffinity = 2; // core 1: load, provider and control plane
        var folder = Directory.CreateTempSubdirectory("asc-bench-").FullName;
        try
        {
            Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}");
            if (json)
            {
                await JsonBenchmark.RunAsync(folder, Answer, (name, headers) => ScriptAsync(folder, name, headers));
            }

            if (streams)
            {
                await StreamsAsync(folder);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Keeps one node under JSON load and prints its process id, for whoever wants to look into it with a profiler.</summary>
    public static async Task<int> LoadAsync(TimeSpan time)
    {
        Process.GetCurrentProcess().ProcessorAffinity = 2;
        var folder = Directory.CreateTempSubdirectory("asc-bench-").FullName;
        var port = Ports.Free();
        using var provider = await NginxServer.AnsweringAsync(Path.Combine(folder, "provider"), port, Cores.Load, Answer);
        await using var controlPlane = await StandInControlPlane.StartAsync(new Uri($"http://127.0.0.1:{port}/v1"));
        using var node = await NodeProcess.StartAsync(controlPlane, Path.Combine(folder, "node"), Cores.Measured, inline: true);
        Console.WriteLine(node.ProcessId);
        var (url, script) = (new Uri(node.Url, "/v1/chat/completions"), await ScriptAsync(folder, "load", $"Authorization: Bearer {controlPlane.Key}\r\n"));
        await Wrk.RunAsync(url, script, 32, WarmUp);
        var used = node.Cpu.Microseconds();
        var result = await Wrk.RunAsync(url, script, 32, time);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Requests} requests, {(node.Cpu.Microseconds() - used) / result.Requests:0.0} µs each, {result.Errors} errors"));
        return 0;
    }

    private static async Task<string> ScriptAsync(string folder, string name, string headers)
    {
        var script = Path.Combine(folder, $"{name.Replace(' ', '-')}.lua");
        var lines = headers.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).Select(header => $"wrk.headers[\"{header[0]}\"] = \"{header[1]}\"");
        await File.WriteAllTextAsync(script, $"""
            wrk.method = "POST"
            wrk.body = '{StandInControlPlane.Request(stream: false)}'
            wrk.headers["Content-Type"] = "application/json"
            {string.Join('\n', lines)}
            """);
        return script;
    }

    private static async Task StreamsAsync(string folder)
    {
        const int Streams = 200;
        await using var provider = await ProviderSimulator.StartAsync(new SimulatorOptions
        {
            RecordedRequests = 0, FirstTokenDelay = TimeSpan.FromMilliseconds(10), ChunkDelay = TimeSpan.FromMilliseconds(10), MinAnswerTokens = 40,
        });
        var upstream = provider.OpenAiBaseUrl("eu");
        await using var controlPlane = await StandInControlPlane.StartAsync(upstream);
        using var node = await NodeProcess.StartAsync(controlPlane, Path.Combine(folder, "node-streams"), Cores.Measured, inline: true);
        var proxyPort = Ports.Free();
        var key = $"Authorization: Bearer {controlPlane.Key}\r\n";
        using var nginx = await NginxServer.ProxyAsync(Path.Combine(folder, "proxy-streams"), proxyPort, Cores.Measured, $"127.0.0.1:{upstream.Port}", streams: true);
        var contestants = new Contestant[]
        {
            new("nginx", new Uri($"http://127.0.0.1:{proxyPort}{upstream.AbsolutePath.TrimEnd('/')}/chat/completions"), nginx.Cpu, key),
            new("ASC", new Uri(node.Url, "/v1/chat/completions"), node.Cpu, key),
        };
        foreach (var contestant in contestants)
        {
            await LoadOf(contestant).RunAsync(Streams, WarmUp);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contestant in round % 2 == 0 ? contestants : contestants.Reverse())
            {
                var used = contestant.Cpu.Microseconds();
                var running = LoadOf(contestant).RunAsync(Streams, Round * 2);
                await Task.Delay(Round);
                var result = await running;
                contestant.Add((contestant.Cpu.Microseconds() - used) / result.Events, result.Events / (Round.TotalSeconds * 2), result.FirstEventMs * 1000, 0);
            }
        }

        // Memory by the difference of two steady loads, so that what a process holds anyway is not counted.
        var perStream = new Dictionary<Contestant, double>();
        foreach (var contestant in contestants)
        {
            perStream[contestant] = (-await ResidentAsync(contestant, Streams) + await ResidentAsync(contestant, 5 * Streams)) / (4.0 * Streams);
        }

        Console.WriteLine();
        Console.WriteLine($"Streams: {Streams} at once, about 41 events of 250 bytes each, 10 ms apart, {Rounds} rounds of {Round.TotalSeconds * 2} s in turns");
        Console.WriteLine($"{"",-18}{"CPU/event µs",16}{"best",8}{"x nginx",9}{"events/s",12}{"first event ms",16}{"KB/stream",11}");
        foreach (var c in contestants)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{c.Name,-18}{c.MedianCost,16:0.0}{c.BestCost,8:0.0}{c.CostOver(contestants[0]),9:0.00}{c.MedianRate,12:0}{c.MedianLatency / 1000,16:0.0}{perStream[c],11:0.0}"));
        }
    }

    private static async Task<long> ResidentAsync(Contestant contestant, int streams)
    {
        var running = LoadOf(contestant).RunAsync(streams, Round * 2);
        await Task.Delay(Round);
        var resident = contestant.Cpu.ResidentKilobytes();
        await running;
        return resident;
    }

    private static StreamLoad LoadOf(Contestant contestant) =>
        new(contestant.Url, contestant.Headers, StandInControlPlane.Request(stream: true, upstreamName: contestant.Name == "nginx"));
}
