using System.Text;
using Asc.Simulator.Faults;

namespace Asc.Functional.Tests;

/// <summary>Whatever happens, no log holds a secret or a prompt.</summary>
public sealed class SecrecyTests
{
    private const string Prompt = "PLANTED-PROMPT-7391";
    private const string NoKey = "PLANTED-KEY-7392";
    private const int SecretLength = 52;
    // An answer that began and did not end.
    private const int Broken = 0;
    private static readonly string UnknownKey = "asc_" + string.Concat(Enumerable.Repeat("7393", 16));

    [Test]
    public async Task A_whole_runs_logs_hold_no_secret_and_no_prompt()
    {
        string[] lines;
        List<string> secrets = [Prompt, "simulated-openai-eu", "simulated-openai-us"];
        await using (var bed = await AscTestBed.StartAsync())
        {
            secrets.AddRange(bed.Stack.Description.Keys.Select(key => key.Key));
            secrets.Add(bed.Stack.Description.AdminToken);
            secrets.Add((await bed.AscJsonAsync("token", "create", "--name", "eve"))["token"]!.GetValue<string>());
            secrets.Add((await bed.AscJsonAsync("node", "token", "create", "--pool", "p", "--region", "eu"))["token"]!.GetValue<string>());
            secrets.Add((await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "x"))["key"]!.GetValue<string>());
            // Whose id is known, and whose secret is not.
            var wrongKey = bed.HealthKey[..^SecretLength] + string.Concat(bed.HealthKey[^SecretLength..].Reverse());
            secrets.AddRange([NoKey, UnknownKey, wrongKey, wrongKey[^SecretLength..], bed.HealthKey[^SecretLength..]]);
            await RunAsync(bed, wrongKey);
            lines = [.. bed.LogLines];
        }

        Assert.That(lines, Is.Not.Empty);
        foreach (var secret in secrets)
        {
            Assert.That(lines.Where(line => line.Contains(secret, StringComparison.Ordinal)), Is.Empty);
        }
    }

    // Served, streamed, denied, malformed, refused and failed by the provider, and with keys that are none; and a control-plane call with a wrong token.
    private static async Task RunAsync(AscTestBed bed, string wrongKey)
    {
        (string Body, string Key, Fault? Fault, int Status)[] requests =
        [
            (Chat("chat-default"), bed.HealthKey, null, 200),
            (Chat("chat-default", stream: true), bed.HealthKey, null, 200),
            (Chat("gpt-5"), bed.HealthKey, null, 403),
            (Chat("gpt-5-mini")[..^4], bed.HealthKey, null, 400),
            (Chat("gpt-5-mini", role: Prompt), bed.RetailKey, null, 400),
            (Chat("gpt-5-mini"), bed.RetailKey, new() { Kind = FaultKind.Status, Status = 500 }, 502),
            (Chat("gpt-5-mini"), bed.RetailKey, new() { Kind = FaultKind.Status, Status = 401 }, 502),
            (Chat("gpt-5-mini"), bed.RetailKey, new() { Kind = FaultKind.Malformed }, 502),
            (Chat("gpt-5-mini", stream: true), bed.RetailKey, new() { Kind = FaultKind.Cut, AfterChunks = 1 }, Broken),
            (Chat("gpt-5-mini", stream: true), bed.RetailKey, new() { Kind = FaultKind.Malformed, AfterChunks = 1 }, Broken),
            (Chat("chat-default"), wrongKey, null, 401),
            (Chat("chat-default"), UnknownKey, null, 401),
            (Chat("chat-default"), NoKey, null, 401),
        ];
        using var client = new HttpClient { BaseAddress = bed.Node("eu").Url };
        foreach (var (body, key, fault, status) in requests)
        {
            bed.Simulator.SetFaults(fault is null ? [] : [fault with { Count = 4 }]);
            Assert.That(await AskAsync(client, body, key), Is.EqualTo(status), $"{body} {fault}");
        }

        await bed.EventsAsync(requests.Length, "--type", "request");
        await bed.AscAsync("get", "nodes", "--token", bed.HealthKey);
    }

    private static string Chat(string model, bool stream = false, string role = "user") =>
        $"{{\"model\":\"{model}\",\"stream\":{(stream ? "true" : "false")},\"messages\":[{{\"role\":\"{role}\",\"content\":\"{Prompt}\"}}]}}";

    private static async Task<int> AskAsync(HttpClient client, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        try
        {
            using var response = await client.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return Broken;
        }
    }
}
