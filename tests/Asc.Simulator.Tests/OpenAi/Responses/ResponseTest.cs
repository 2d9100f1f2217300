using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.OpenAi.Responses;

/// <summary>A simulator for each test, and the requests that a client of the Responses API makes.</summary>
public abstract class ResponseTest : SimulatorTest
{
    protected const string Tools = """
        [{"type":"function","name":"weather","strict":false,"parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}},
         {"type":"function","name":"clock","parameters":null},
         {"type":"custom","name":"shell"},
         {"type":"web_search"}]
        """;

    protected static JsonObject Ask(string input = "Hello there", string model = "gpt-5-mini") => new() { ["model"] = model, ["input"] = input };

    /// <summary>A request with fields given as JSON.</summary>
    protected static JsonObject With(params (string Name, string Value)[] fields)
    {
        var request = Ask();
        foreach (var (name, value) in fields)
        {
            request[name] = JsonNode.Parse(value);
        }

        return request;
    }

    protected async Task<HttpResponseMessage> SendAsync(string body, string region = "eu")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{region}/openai/v1/responses");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Timeout);
    }

    protected async Task<JsonElement> SaidAsync(JsonNode body)
    {
        using var response = await SendAsync(body.ToJsonString());
        var answer = await ReadAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.GetRawText());
        return answer;
    }

    protected async Task<List<NamedEvent>> StreamedAsync(JsonObject body)
    {
        body["stream"] = true;
        using var response = await SendAsync(body.ToJsonString());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), response.IsSuccessStatusCode ? "" : (await ReadAsync(response)).GetRawText());
        return await NamedEvent.ReadAllAsync(await response.Content.ReadAsStreamAsync(Timeout), Timeout);
    }

    protected async Task AssertRefusedAsync(JsonNode request, string? param, string? code, string message = "", int status = 400)
    {
        using var response = await SendAsync(request.ToJsonString());
        var body = await ReadAsync(response);
        Assert.That((int)response.StatusCode, Is.EqualTo(status), body.GetRawText());
        var error = body.GetProperty("error");

        Assert.Multiple(() =>
        {
            Assert.That(error.GetProperty("type").GetString(), Is.EqualTo("invalid_request_error"));
            Assert.That(error.GetProperty("param").GetString(), Is.EqualTo(param), body.GetRawText());
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo(code), body.GetRawText());
            Assert.That(error.GetProperty("message").GetString(), Does.Contain(message));
        });
    }

    protected static List<JsonElement> Items(JsonElement answer, string? type = null) =>
        [.. answer.GetProperty("output").EnumerateArray().Where(item => type is null || Word(item, "type") == type)];

    protected static string? Text(JsonElement answer) => Items(answer, "message").Single().GetProperty("content")[0].GetProperty("text").GetString();

    protected static string? Word(JsonElement element, string name) => element.GetProperty(name).GetString();

    protected static int Count(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    protected static void Add(JsonObject request, JsonNode item) => request["input"]!.AsArray().Add(item);

    /// <summary>The items that came, as a client sends them back.</summary>
    protected static void Continue(JsonObject request, JsonElement answer)
    {
        foreach (var item in Items(answer))
        {
            Add(request, JsonNode.Parse(item.GetRawText())!);
        }
    }
}
