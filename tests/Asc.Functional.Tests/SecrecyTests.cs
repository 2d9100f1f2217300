using System.Text;

namespace Asc.Functional.Tests;

/// <summary>Whatever happens, no log holds a secret or a prompt.</summary>
public sealed class SecrecyTests
{
    private const string Prompt = "PLANTED-PROMPT-7391";

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
            await RunAsync(bed);
            await bed.EventsAsync(4, "--type", "request");
            lines = [.. bed.LogLines];
        }

        Assert.That(lines, Is.Not.Empty);
        foreach (var secret in secrets)
        {
            Assert.That(lines.Where(line => line.Contains(secret, StringComparison.Ordinal)), Is.Empty);
        }
    }

    // Served, denied, malformed and failed; and a control-plane call with a wrong token.
    private static async Task RunAsync(AscTestBed bed)
    {
        using var client = new HttpClient { BaseAddress = bed.Node("eu").Url };
        foreach (var (body, key) in new[]
        {
            ($"{{\"model\":\"chat-default\",\"messages\":[{{\"role\":\"user\",\"content\":\"{Prompt}\"}}]}}", bed.HealthKey),
            ($"{{\"model\":\"gpt-5\",\"messages\":[{{\"role\":\"user\",\"content\":\"{Prompt}\"}}]}}", bed.HealthKey),
            ($"{{\"model\":\"gpt-5\",\"messages\":[{{\"role\":\"user\",\"content\":\"{Prompt}", bed.HealthKey),
            ($"{{\"model\":\"gpt-5-mini\",\"messages\":[{{\"role\":\"{Prompt}\",\"content\":\"x\"}}]}}", bed.RetailKey),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
            using var response = await client.SendAsync(request);
        }

        await bed.AscAsync("get", "nodes", "--token", bed.HealthKey);
    }
}
