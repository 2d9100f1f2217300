using System.Diagnostics;
using System.Globalization;
using System.Text;
using Asc.Contracts.Policy.V1;
using Asc.Dev;

namespace Asc.Bench;

/// <summary>From a publish's return to the first request that each node judges by the new version.</summary>
internal static class PublishBenchmark
{
    private const int Publishes = 50;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("asc-bench-").FullName;
        var options = new DevOptions(folder, Ephemeral: true, PortBase: 0, PolicyPath: null, Simulator: true, Path.Combine(folder, "dev.json"));
        await using var stack = await DevStack.StartAsync(options, DevComposition.Default, CancellationToken.None);
        var key = stack.Description.Keys.Single(key => key.Tenant == "acme/retail").Key;
        var times = new List<double>();
        for (var version = 2; version <= Publishes + 1; version++)
        {
            var tenant = new Resource { Metadata = new() { Path = "acme/retail" }, Tenant = new() { Models = new() { Allow = new() { Values = { "gpt-5-mini" } } }, Residency = new() { Allow = new() { Values = { "eu", "us" } } } } };
            if (version % 2 == 1)
            {
                tenant.Tenant.Models.Allow.Values.Add("gpt-5");
            }

            await stack.ControlPlane.Admin.ApplyAsync(new() { Resources = { tenant } }, stack.ControlPlane.Call);
            await stack.ControlPlane.Admin.PublishAsync(new() { Message = "benchmark" }, stack.ControlPlane.Call);
            var returned = Stopwatch.GetTimestamp();
            await Task.WhenAll(stack.Nodes.Select(node => JudgedByAsync(node.Url, key, version)));
            times.Add(Stopwatch.GetElapsedTime(returned).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Publish to enforced on both nodes, {Publishes} publishes of the sample policy: median {times[Publishes / 2]:0.0} ms, p99 {times[^1]:0.0} ms"));
        return 0;
    }

    // A denied request costs no provider call and names the version that judged it.
    private static async Task JudgedByAsync(Uri node, string key, int version)
    {
        using var client = new HttpClient { BaseAddress = node };
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("{\"model\":\"none\",\"messages\":[]}", Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
            using var response = await client.SendAsync(request);
            if (response.Headers.GetValues("x-asc-policy-version").Single() == version.ToString(CultureInfo.InvariantCulture))
            {
                return;
            }
        }
    }
}
