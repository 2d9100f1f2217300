using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;
using Asc.Simulator;
using Asc.Simulator.Faults;
using Asc.Simulator.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests;

/// <summary>A node, its provider and a client with a key.</summary>
internal abstract class GatewayFixture
{
    protected const string Chat = "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    protected const string Streamed = "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}],\"stream\":true}";
    protected readonly BearerSecret secret = BearerSecret.Issue(SecretKind.ApiKey);
    protected readonly BearerSecret elsewhere = BearerSecret.Issue(SecretKind.ApiKey);
    protected TestPublisher publisher = null!;
    protected ProviderSimulator simulator = null!;
    protected TestNode node = null!;
    protected HttpClient client = null!;

    [SetUp]
    public async Task StartAll()
    {
        simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero });
        await StartNodeAsync();
    }

    [TearDown]
    public async Task StopAll()
    {
        client.Dispose();
        await node.DisposeAsync();
        await simulator.DisposeAsync();
    }

    protected async Task AssertErrorAsync(HttpRequestMessage request, int status, string code, params string[] messages)
    {
        using var response = await client.SendAsync(request);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((status, code)), error.ToJsonString());
        foreach (var message in messages)
        {
            Assert.That(error["message"]!.GetValue<string>(), Does.Contain(message));
        }

        Assert.That(response.Headers.Contains("x-asc-request-id"), Is.True);
    }

    protected IEnumerable<Contracts.Policy.V1.Resource> Resources(string provider = "p-eu", string? url = null) =>
    [
        TestPublisher.Provider(provider, "eu", url ?? simulator.OpenAiBaseUrl("eu").ToString()), TestPublisher.Model("gpt-5-mini", provider), TestPublisher.Model("gpt-5", provider),
        TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu"),
    ];

    /// <summary>What the node is told otherwise than others.</summary>
    protected virtual void Configure(DataPlaneOptions options)
    {
    }

    /// <summary>What the node's own store holds.</summary>
    protected Dictionary<string, string> Secrets { get; } = new() { ["p-eu"] = "provider-secret" };

    protected async Task StartNodeAsync(Action<IServiceCollection>? composition = null)
    {
        publisher = new();
        node = new(publisher, "eu", composition: composition, secrets: Secrets, configure: Configure);
        await node.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme"), TestPublisher.KeyOf(elsewhere, "globex")), publisher);
        await node.Snapshots.InstallAsync(
            publisher.Publish(1, "eu", Resources(), manifest => manifest.Elsewhere.Add(new TenantElsewhere { TenantId = TestPublisher.TenantId("globex"), Regions = { "us" } })), publisher, default);
        client = new() { BaseAddress = await node.StartAsync() };
    }

    protected async Task RestartNodeAsync(Action<IServiceCollection>? composition = null)
    {
        client.Dispose();
        await node.DisposeAsync();
        await StartNodeAsync(composition);
    }

    protected Task SwitchAsync(AccessEntry entry) => node.ApplyAsync(publisher.Access(entry), publisher);

    protected HttpRequestMessage Request(string body, BearerSecret? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + (key ?? secret).Reveal());
        return request;
    }

    protected Task<HttpResponseMessage> PostAsync(string body) => client.SendAsync(Request(body));

    // What the provider bills is known once its answer has ended.
    protected async Task<RecordedRequest> SeenAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        return await simulator.Requests.WaitForAsync(request => request.Ended, patience.Token);
    }

    protected async Task<ExecutionRecord> RecordAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        IReadOnlyList<ExecutionRecord> records;
        do
        {
            records = await node.Get<IRecordSpool>().RecordsAsync(0);
            await Task.Yield();
        }
        while (records.Count == 0 && !patience.IsCancellationRequested);
        return records.Single();
    }

    protected static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    // The connection breaks behind the error event.
    protected static async Task<string> ReadAllAsync(HttpResponseMessage response)
    {
        var text = new StringBuilder();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                text.Append(line).Append('\n');
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
        }

        return text.ToString();
    }
}
