using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Asc.Contracts.Admin.V1;

namespace Asc.Functional.Tests;

/// <summary>Of several faults of a request the node tells one; explain, before and afterwards, and replay must tell the same one.</summary>
internal sealed class JudgingOrderTests
{
    private const long PromptTokens = 5000;
    private const long MaxTokens = 500;

    [Flags]
    private enum Faults
    {
        Region = 1,
        Tags = 2,
        Workload = 4,
        DataClass = 8,
        Output = 16,
        Model = 32,
        Tools = 64,
        Length = 128,
        All = 255,
    }

    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        bed = await AscTestBed.StartAsync();
        var file = Path.Combine(bed.Stack.Description.DataDir, "order.yaml");
        await File.WriteAllTextAsync(file, """
            apiVersion: asc/v1
            kind: Model
            metadata: { name: gpt-lean }
            spec:
              contextWindow: 2000
              capabilities: [streaming]
              deployments: [ { provider: openai-us, upstreamModel: gpt-5-mini-2025-08-07 } ]
            ---
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/retail }
            spec:
              models: { allow: [gpt-lean] }
              residency: { allow: [us] }
              tags: { require: [bu] }
              workloads: { allow: [interactive] }
              limits: { maxOutputTokens: 100 }
              dataClasses: { rules: { phi: { requireAttestations: [hipaa-baa] } } }
            """);
        await bed.AscJsonAsync("apply", "-f", file);
        await bed.AscJsonAsync("publish", "-m", "faults", "--wait");
    }

    [OneTimeTearDown]
    public Task StopAsync() => bed.DisposeAsync().AsTask();

    [Test]
    public async Task Whatever_is_wrong_at_once_the_node_and_explain_tell_the_same()
    {
        var (controlPlane, codes) = (bed.Stack.ControlPlane, new Dictionary<string, string>());
        using var client = new HttpClient();
        for (var faults = (Faults)0; faults <= Faults.All; faults++)
        {
            var (id, code) = await AskAsync(client, faults);
            codes.Add(id, code);
            var explained = await controlPlane.Admin.ExplainAsync(Hypothetical(faults), controlPlane.Call);
            Assert.That(explained.Code, Is.EqualTo(code), $"{faults}");
        }

        Assert.That(codes.Values.Distinct(), Is.SupersetOf(new[]
        {
            "", "residency_violation", "tag_required", "workload_not_allowed", "attestation_required", "invalid_request", "model_not_allowed", "unsupported_feature", "context_length_exceeded",
        }));
        await bed.EventsAsync(codes.Count, "--type", "request");
        foreach (var (id, code) in codes.Where(told => told.Value.Length > 0))
        {
            var explained = await controlPlane.Admin.ExplainRecordAsync(new() { RequestId = id }, controlPlane.Call);
            Assert.That(explained.Code, Is.EqualTo(code));
            Assert.That(explained.Message, Does.Not.Contain("as it was read"), "a rule of the policy said it");
        }

        var replayed = await bed.AscJsonAsync("replay", "--since", "1h");
        Assert.That(replayed["totals"]!["unchanged"]!.GetValue<int>(), Is.EqualTo(replayed["records"]!.GetValue<int>()), AscTestBed.Json(replayed["totals"]!));
    }

    private async Task<(string Id, string Code)> AskAsync(HttpClient client, Faults faults)
    {
        var body = new JsonObject
        {
            ["model"] = faults.HasFlag(Faults.Model) ? "gpt-5" : "gpt-lean",
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = faults.HasFlag(Faults.Length) ? new string('a', (int)PromptTokens * 4) : "Hello" }),
            ["max_completion_tokens"] = faults.HasFlag(Faults.Output) ? MaxTokens : 1,
        };
        if (faults.HasFlag(Faults.Tools))
        {
            body["tools"] = JsonNode.Parse("""[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]""");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bed.Node(faults.HasFlag(Faults.Region) ? "eu" : "us").Url, "/v1/chat/completions")) { Content = JsonContent.Create(body) };
        request.Headers.Add("authorization", $"Bearer {bed.RetailKey}");
        if (!faults.HasFlag(Faults.Tags))
        {
            request.Headers.Add("x-asc-tags", "bu=x");
        }

        if (faults.HasFlag(Faults.Workload))
        {
            request.Headers.Add("x-asc-workload", "agent");
        }

        if (faults.HasFlag(Faults.DataClass))
        {
            request.Headers.Add("x-asc-data-class", "phi");
        }

        using var answer = await client.SendAsync(request);
        var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]?["code"]?.GetValue<string>() ?? "";
        return (answer.Headers.GetValues("x-asc-request-id").Single(), told);
    }

    private static ExplainRequest Hypothetical(Faults faults)
    {
        var request = new ExplainRequest
        {
            Tenant = "acme/retail",
            Model = faults.HasFlag(Faults.Model) ? "gpt-5" : "gpt-lean",
            Region = faults.HasFlag(Faults.Region) ? "eu" : "us",
            Workload = faults.HasFlag(Faults.Workload) ? "agent" : "",
            PromptTokens = faults.HasFlag(Faults.Length) ? (ulong)PromptTokens : 1,
            MaxTokens = faults.HasFlag(Faults.Output) ? (ulong)MaxTokens : 1,
        };
        request.Tags.Add(faults.HasFlag(Faults.Tags) ? [] : new Dictionary<string, string> { ["bu"] = "x" });
        request.DataClasses.AddRange(faults.HasFlag(Faults.DataClass) ? ["phi"] : Array.Empty<string>());
        request.Uses.AddRange(faults.HasFlag(Faults.Tools) ? [Contracts.Policy.V1.Capability.Tools] : Array.Empty<Contracts.Policy.V1.Capability>());
        return request;
    }
}
