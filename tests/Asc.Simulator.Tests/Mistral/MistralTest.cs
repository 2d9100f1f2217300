using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Mistral;

/// <summary>A simulator for each test, and the requests that a Mistral client makes.</summary>
public abstract class MistralTest : SimulatorTest
{
    /// <summary>A model without peculiarities.</summary>
    protected const string Plain = "mistral-large-latest";

    /// <summary>A model whose answers are lists of chunks.</summary>
    protected const string Thinker = "magistral-medium-latest";

    protected const string Weather = """
        [{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}}},
         {"type":"function","function":{"name":"clock","parameters":{}}}]
        """;

    protected static JsonObject Ask(string userText = "Hello there", string model = Plain) => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = userText }),
    };

    protected static JsonObject Converse(string messages, string model = Plain)
    {
        var request = Ask(model: model);
        request["messages"] = JsonNode.Parse(messages);
        return request;
    }

    protected static JsonObject WithTools(string userText, string model = Plain)
    {
        var request = Ask(userText, model);
        request["tools"] = JsonNode.Parse(Weather);
        return request;
    }

    protected async Task<HttpResponseMessage> SendAsync(string body, string path = "chat/completions", string region = "eu")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{region}/mistral/v1/{path}");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Timeout);
    }

    protected async Task<JsonElement> SaidAsync(JsonNode body, string path = "chat/completions")
    {
        using var response = await SendAsync(body.ToJsonString(), path);
        var answer = await ReadAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.GetRawText());
        return answer;
    }

    /// <summary>The data of every event of a streamed answer, as far as it came.</summary>
    protected async Task<List<string>> StreamedAsync(JsonObject body, string path = "chat/completions")
    {
        body["stream"] = true;
        using var response = await SendAsync(body.ToJsonString(), path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), response.IsSuccessStatusCode ? "" : (await ReadAsync(response)).GetRawText());
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        return await EventReader.ReadAllAsync(await response.Content.ReadAsStreamAsync(Timeout), Timeout);
    }

    /// <summary>Refused by the API's own code.</summary>
    protected async Task AssertRefusedAsync(JsonNode request, string type, string code, string message, string path = "chat/completions")
    {
        using var response = await SendAsync(request.ToJsonString(), path);
        var body = await ReadAsync(response);

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400), body.GetRawText());
            Assert.That(body.GetProperty("object").GetString(), Is.EqualTo("error"));
            Assert.That(body.GetProperty("type").GetString(), Is.EqualTo(type));
            Assert.That(body.GetProperty("code").GetString(), Is.EqualTo(code));
            Assert.That(body.GetProperty("message").GetString(), Does.Contain(message));
            Assert.That(body.TryGetProperty("error", out _), Is.False);
        });
    }

    /// <summary>Refused by the framework before that: every problem as "place: type", joined by blanks.</summary>
    protected async Task AssertMalformedAsync(JsonNode request, string problems, string path = "chat/completions")
    {
        using var response = await SendAsync(request.ToJsonString(), path);
        var body = await ReadAsync(response);
        Assert.That((int)response.StatusCode, Is.EqualTo(422), body.GetRawText());
        var found = body.GetProperty("detail").EnumerateArray().Select(problem =>
            $"{string.Join('.', problem.GetProperty("loc").EnumerateArray())}:{problem.GetProperty("type").GetString()}");

        Assert.That(string.Join(' ', found), Is.EqualTo(problems), body.GetRawText());
    }

    protected static JsonElement Choice(JsonElement answer) => answer.GetProperty("choices")[0];

    protected static JsonElement Said(JsonElement answer) => Choice(answer).GetProperty("message");

    protected static string? Finish(JsonElement answer) => Choice(answer).GetProperty("finish_reason").GetString();

    protected static int Count(JsonElement usage, string name) => usage.GetProperty(name).GetInt32();
}
