using System.Globalization;

namespace Asc.Bench;

/// <summary>JSON requests: saturated, where CPU per request is the figure, and at a rate that leaves everybody idle, where added latency is.</summary>
internal static class JsonBenchmark
{
    private const int Rounds = 11;
    private const int PacedRounds = 5;
    private const int Connections = 32;
    private const int PacedRate = 500;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    /// <param name="script">Writes what wrk sends, for a name and header lines.</param>
    public static async Task RunAsync(string folder, string answer, Func<string, string, Task<string>> script)
    {
        var port = Ports.Free();
        var upstream = new Uri($"http://127.0.0.1:{port}/v1");
        using var provider = await NginxServer.AnsweringAsync(Path.Combine(folder, "provider"), port, Cores.Load, answer);
        await using var controlPlane = await StandInControlPlane.StartAsync(upstream);
        using var node = await NodeProcess.StartAsync(controlPlane, Path.Combine(folder, "node"), Cores.Measured, inline: true);
        using var pooled = await NodeProcess.StartAsync(controlPlane, Path.Combine(folder, "node-pooled"), Cores.Measured, inline: false);
        using var ungoverned = await UngovernedProcess.StartAsync(upstream, Cores.Measured);
        using var portkey = await PortkeyProcess.StartAsync(Cores.Measured);
        var proxyPort = Ports.Free();
        using var nginx = await NginxServer.ProxyAsync(Path.Combine(folder, "proxy"), proxyPort, Cores.Measured, $"127.0.0.1:{port}", streams: false);
        var key = $"Authorization: Bearer {controlPlane.Key}\r\n";
        var contestants = new List<Contestant>
        {
            new("nginx", Chat(new Uri($"http://127.0.0.1:{proxyPort}")), nginx.Cpu, key),
            new("ASC", Chat(node.Url), node.Cpu, key),
            // Next to each other in every round, as their ratio is a figure.
            new("ASC, ungoverned", Chat(ungoverned.Url), ungoverned.Cpu, key),
            new("ASC, thread pool", Chat(pooled.Url), pooled.Cpu, key),
        };
        if (portkey is not null)
        {
            contestants.Add(new("Portkey 1.15.2", Chat(portkey.Url), portkey.Cpu, key + $"x-portkey-provider: openai\r\nx-portkey-custom-host: {upstream}\r\n"));
        }

        await SaturateAsync(contestants, script);
        var direct = await Wrk.RunAsync(Chat(new Uri($"http://127.0.0.1:{port}")), await script("direct", key), Connections, Round);
        Console.WriteLine();
        Console.WriteLine($"JSON, 1 KB each way, {Connections} connections, saturated, {Rounds} rounds of {Round.TotalSeconds} s in turns; the provider alone answers {direct.Requests / Round.TotalSeconds:0}/s");
        Console.WriteLine($"{"",-18}{"CPU/request µs",16}{"best",8}{"x nginx",9}{"requests/s",12}{"errors",8}");
        foreach (var c in contestants)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{c.Name,-18}{c.MedianCost,16:0.0}{c.BestCost,8:0.0}{c.CostOver(contestants[0]),9:0.00}{c.MedianRate,12:0}{c.Errors,8}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"governance on / off: {contestants[1].CostOver(contestants[2]):0.00} (best {contestants[1].BestCost / contestants[2].BestCost:0.00})"));
        await PaceAsync(contestants, new Contestant("direct", Chat(new Uri($"http://127.0.0.1:{port}")), provider.Cpu, key));
    }

    private static Uri Chat(Uri server) => new(server, "/v1/chat/completions");

    private static async Task SaturateAsync(List<Contestant> contestants, Func<string, string, Task<string>> script)
    {
        foreach (var contestant in contestants)
        {
            await Wrk.RunAsync(contestant.Url, await script(contestant.Name, contestant.Headers), Connections, WarmUp);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contestant in round % 2 == 0 ? contestants : Enumerable.Reverse(contestants))
            {
                var before = contestant.Cpu.Microseconds();
                var result = await Wrk.RunAsync(contestant.Url, await script(contestant.Name, contestant.Headers), Connections, Round);
                contestant.Add((contestant.Cpu.Microseconds() - before) / result.Requests, result.Requests / Round.TotalSeconds, result.P50, result.Errors);
            }
        }
    }

    private static async Task PaceAsync(List<Contestant> contestants, Contestant direct)
    {
        var paced = contestants.Prepend(direct).Select(contestant => new Paced(contestant)).ToArray();
        for (var round = 0; round < PacedRounds; round++)
        {
            foreach (var each in round % 2 == 0 ? paced : Enumerable.Reverse(paced))
            {
                var used = each.Contestant.Cpu.Microseconds();
                var result = await PacedLoad.RunAsync(each.Contestant.Url, each.Contestant.Headers, StandInControlPlane.Request(stream: false), PacedRate, Round);
                each.Costs.Add((each.Contestant.Cpu.Microseconds() - used) / result.Requests);
                each.P50.Add(result.P50);
                each.P99.Add(result.P99);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"JSON at {PacedRate} requests/s, {PacedRounds} rounds in turns; added: above the {Contestant.Median(paced[0].P50):0} µs (p99 {Contestant.Median(paced[0].P99):0}) of the provider alone");
        Console.WriteLine($"{"",-18}{"added p50 µs",14}{"x nginx",9}{"added p99 µs",14}{"CPU/request µs",16}{"x nginx",9}");
        foreach (var each in paced[1..])
        {
            var (p50, cost) = (Contestant.Median(each.P50) - Contestant.Median(paced[0].P50), Contestant.Median(each.Costs));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{each.Contestant.Name,-18}{p50,14:0}{p50 / (Contestant.Median(paced[1].P50) - Contestant.Median(paced[0].P50)),9:0.00}{Contestant.Median(each.P99) - Contestant.Median(paced[0].P99),14:0}{cost,16:0}{cost / Contestant.Median(paced[1].Costs),9:0.00}"));
        }
    }

    private sealed record Paced(Contestant Contestant)
    {
        public List<double> Costs { get; } = [];

        public List<double> P50 { get; } = [];

        public List<double> P99 { get; } = [];
    }
}
