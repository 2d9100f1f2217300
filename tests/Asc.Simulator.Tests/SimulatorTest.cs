using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Simulator.Journal;

namespace Asc.Simulator.Tests;

/// <summary>A fresh simulator on a free port for each test, without pacing, and a plain HTTP client for it.</summary>
public abstract class SimulatorTest
{
    private CancellationTokenSource _timeout = null!;

    protected ProviderSimulator Simulator { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    protected CancellationToken Timeout => _timeout.Token;

    protected virtual SimulatorOptions Options { get; } = new() { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero };

    protected virtual TimeProvider Clock => TimeProvider.System;

    [SetUp]
    public async Task StartAsync()
    {
        _timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Simulator = await ProviderSimulator.StartAsync(Options, Clock, Timeout);
        Http = new HttpClient { BaseAddress = Simulator.BaseAddress };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test");
    }

    [TearDown]
    public async Task StopAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
        _timeout.Dispose();
    }

    protected static JsonObject Chat(string userText = "Hello there") => new()
    {
        ["model"] = "gpt-5-mini",
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = userText }),
    };

    protected Task<HttpResponseMessage> PostAsync(JsonNode body, string region = "eu") => PostAsync(body.ToJsonString(), region);

    protected async Task<HttpResponseMessage> PostAsync(string body, string region = "eu")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{region}/openai/v1/chat/completions");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Timeout);
    }

    protected async Task<JsonElement> AnswerAsync(JsonNode body)
    {
        using var response = await PostAsync(body);
        response.EnsureSuccessStatusCode();
        return await ReadAsync(response);
    }

    protected async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Timeout)).RootElement;

    /// <summary>The data of every event of a streamed answer, as far as it came.</summary>
    protected async Task<List<string>> EventsAsync(JsonObject body)
    {
        body["stream"] = true;
        using var response = await PostAsync(body);
        response.EnsureSuccessStatusCode();
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        return await EventReader.ReadAllAsync(await response.Content.ReadAsStreamAsync(Timeout), Timeout);
    }

    protected Task<RecordedRequest> EndedAsync(long number = 1) =>
        Simulator.Requests.WaitForAsync(request => request.Number == number && request.Ended, Timeout);
}
