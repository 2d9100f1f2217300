using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Anthropic;

/// <summary>A simulator for each test, and the requests that an Anthropic client makes.</summary>
public abstract class AnthropicTest : SimulatorTest
{
    protected const string FirstVersion = "2023-06-01";
    protected const string SecondVersion = "2026-10-21";

    /// <summary>A model that takes nearly everything there is.</summary>
    protected const string Older = "claude-haiku-4-5";

    /// <summary>A recent model that thinks unless told otherwise, and takes a forced tool.</summary>
    protected const string Recent = "claude-haiku-5-5";

    protected virtual string Version => FirstVersion;

    /// <summary>A request for a message to <see cref="Older"/>, which answers in plain text.</summary>
    protected static JsonObject Ask(string userText = "Hello there", string model = Older) => new()
    {
        ["model"] = model,
        ["max_tokens"] = 1_000,
        ["messages"] = new JsonArray(User(userText)),
    };

    protected static JsonObject User(string text) => Message("user", text);

    protected static JsonObject Message(string role, JsonNode content) => new() { ["role"] = role, ["content"] = content };

    protected static JsonObject Converse(string model, string messages, params (string Name, string Value)[] fields)
    {
        var request = Ask(model: model);
        request["messages"] = JsonNode.Parse(messages);
        foreach (var (name, value) in fields)
        {
            request[name] = JsonNode.Parse(value);
        }

        return request;
    }

    protected async Task<HttpResponseMessage> SendAsync(JsonNode body, string? version = null, string path = "messages", string region = "eu", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{region}/anthropic/v1/{path}");
        request.Headers.Add("anthropic-version", version ?? Version);
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Timeout);
    }

    protected async Task<JsonElement> SaidAsync(JsonNode body, string? version = null, string? key = null)
    {
        using var response = await SendAsync(body, version, key: key);
        var answer = await ReadAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.GetRawText());
        return answer;
    }

    protected async Task<List<NamedEvent>> StreamedAsync(JsonObject body)
    {
        body["stream"] = true;
        using var response = await SendAsync(body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), response.IsSuccessStatusCode ? "" : (await ReadAsync(response)).GetRawText());
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        return await NamedEvent.ReadAllAsync(await response.Content.ReadAsStreamAsync(Timeout), Timeout);
    }

    protected async Task AssertRefusedAsync(JsonNode request, string message, string? version = null, int status = 400, string type = "invalid_request_error", string path = "messages")
    {
        using var response = await SendAsync(request, version, path);
        var body = await ReadAsync(response);

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status), body.GetRawText());
            Assert.That(body.GetProperty("type").GetString(), Is.EqualTo("error"));
            Assert.That(body.GetProperty("error").GetProperty("type").GetString(), Is.EqualTo(type));
            Assert.That(body.GetProperty("error").GetProperty("message").GetString(), Does.Contain(message));
            Assert.That(body.GetProperty("request_id").GetString(), Is.EqualTo(response.Headers.GetValues("request-id").Single()));
        });
    }

    protected static string Text(JsonElement answer) =>
        string.Concat(answer.GetProperty("content").EnumerateArray().Where(block => block.GetProperty("type").GetString() == "text").Select(block => block.GetProperty("text").GetString()));

    protected static List<JsonElement> Blocks(JsonElement answer, string type) =>
        [.. answer.GetProperty("content").EnumerateArray().Where(block => block.GetProperty("type").GetString() == type)];

    protected static string? StopReason(JsonElement answer) => answer.GetProperty("stop_reason").GetString();

    protected static int Count(JsonElement usage, string name) => usage.GetProperty(name).GetInt32();

    /// <summary>What the client sends next: the answer as it came, and then something of its own.</summary>
    protected static void Continue(JsonObject request, JsonElement answer, JsonNode userContent)
    {
        var messages = request["messages"]!.AsArray();
        messages.Add(Message("assistant", JsonNode.Parse(answer.GetProperty("content").GetRawText())!));
        messages.Add(Message("user", userContent));
    }
}
