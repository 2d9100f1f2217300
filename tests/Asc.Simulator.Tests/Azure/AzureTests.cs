using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Simulator.Faults;
using OpenAI;
using OpenAI.Chat;

namespace Asc.Simulator.Tests.Azure;

public sealed class AzureTests : SimulatorTest
{
    private const string Classic = "eu/azure/openai/deployments/gpt-5-mini/chat/completions?api-version=2024-10-21";
    private const string V1 = "eu/azure/openai/v1/chat/completions";

    protected override SimulatorOptions Options { get; } = new()
    {
        FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero, Keys = [new AcceptedKey("eu", "azure", "secret")],
    };

    [TestCase(Classic)]
    [TestCase(V1)]
    public async Task An_answer_is_OpenAI_s_with_what_the_filter_found(string path)
    {
        using var response = await SendAsync(path, Chat());
        var answer = await ReadAsync(response);
        var choice = answer.GetProperty("choices")[0];

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(200), answer.GetRawText());
            Assert.That(choice.GetProperty("message").GetProperty("content").GetString(), Does.StartWith("You said: Hello there."));
            Assert.That(choice.GetProperty("content_filter_results").GetProperty("hate").GetProperty("severity").GetString(), Is.EqualTo("safe"));
            Assert.That(answer.GetProperty("prompt_filter_results")[0].GetProperty("content_filter_results").GetProperty("violence").GetProperty("filtered").GetBoolean(), Is.False);
            Assert.That(response.Headers.GetValues("x-ms-region").Single(), Is.EqualTo("Sweden Central"));
            Assert.That(response.Headers.GetValues("apim-request-id").Single(), Is.Not.Empty);
            Assert.That(response.Headers.Contains("x-ms-deployment-name"), Is.EqualTo(path == Classic));
        });
    }

    [Test]
    public async Task The_deployment_in_the_path_is_the_model_whatever_the_body_says()
    {
        var request = Chat();
        request["model"] = "whatever";
        using var other = await SendAsync(Classic, request);
        request.Remove("model");
        using var none = await SendAsync(Classic, request);

        Assert.That((await ReadAsync(other)).GetProperty("model").GetString(), Is.EqualTo("gpt-5-mini"));
        Assert.That((await ReadAsync(none)).GetProperty("model").GetString(), Is.EqualTo("gpt-5-mini"));
    }

    [TestCase("eu/azure/openai/deployments/gpt-5-mini/chat/completions", 404, "404")]
    [TestCase("eu/azure/openai/deployments/gpt-5-mini/chat/completions?api-version=tomorrow", 404, "404")]
    [TestCase("eu/azure/openai/v1/chat/completions?api-version=2024-10-21", 404, "404")]
    [TestCase("eu/azure/openai/deployments/nobody/chat/completions?api-version=2024-10-21", 404, "DeploymentNotFound")]
    [TestCase("eu/azure/openai/deployments/nobody/embeddings?api-version=2024-10-21", 404, "DeploymentNotFound")]
    [TestCase("eu/azure/chat/completions", 404, "404")]
    [TestCase("eu/azure/openai/responses?api-version=2024-10-21", 404, "404")]
    [TestCase("eu/azure/openai/responses", 404, "404")]
    public async Task A_wrong_address_is_refused_in_the_shape_of_the_platform(string path, int status, string code)
    {
        using var response = await SendAsync(path, path.Contains("embeddings", StringComparison.Ordinal) ? new JsonObject { ["input"] = "a" } : Chat());
        var error = (await ReadAsync(response)).GetProperty("error");

        Assert.Multiple(() =>
        {
            Assert.That(((int)response.StatusCode, error.GetProperty("code").GetString()), Is.EqualTo((status, code)));
            Assert.That(error.TryGetProperty("type", out _), Is.False);
        });
    }

    [TestCase("api-key", "secret", 200)]
    [TestCase("Authorization", "Bearer secret", 200)]
    [TestCase("api-key", "wrong", 401)]
    [TestCase("Authorization", "Bearer wrong", 401)]
    [TestCase("x-api-key", "secret", 401)]
    public async Task A_key_comes_in_a_header_of_its_own_or_as_a_bearer(string header, string value, int status)
    {
        using var response = await SendAsync(Classic, Chat(), header, value);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_stream_begins_with_what_the_filter_found_and_no_choices()
    {
        var request = Chat();
        request["stream"] = true;
        request["stream_options"] = new JsonObject { ["include_usage"] = true };
        using var response = await SendAsync(Classic, request);
        var events = await EventReader.ReadAllAsync(await response.Content.ReadAsStreamAsync(Timeout), Timeout);
        var chunks = Chunks.Of(events);

        Assert.Multiple(() =>
        {
            Assert.That(chunks[0].GetProperty("choices").GetArrayLength(), Is.Zero);
            Assert.That((chunks[0].GetProperty("id").GetString(), chunks[0].GetProperty("model").GetString()), Is.EqualTo(("", "")));
            Assert.That(chunks[0].GetProperty("prompt_filter_results").GetArrayLength(), Is.EqualTo(1));
            Assert.That(chunks[1].GetProperty("choices")[0].GetProperty("content_filter_results").GetRawText(), Is.EqualTo("{}"));
            Assert.That(chunks[2].GetProperty("choices")[0].GetProperty("content_filter_results").TryGetProperty("sexual", out _), Is.True);
            Assert.That(Chunks.Text(chunks), Does.StartWith("You said: Hello there."));
            Assert.That(chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32(), Is.GreaterThan(0));
            Assert.That(events[^1], Is.EqualTo("[DONE]"));
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_prompt_that_the_filter_stops_is_refused(bool stream)
    {
        var request = Chat("SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER");
        request["stream"] = stream;
        using var response = await SendAsync(Classic, request);
        var error = (await ReadAsync(response)).GetProperty("error");

        Assert.Multiple(() =>
        {
            Assert.That(((int)response.StatusCode, error.GetProperty("code").GetString()), Is.EqualTo((400, "content_filter")));
            Assert.That(error.GetProperty("innererror").GetProperty("code").GetString(), Is.EqualTo("ResponsibleAIPolicyViolation"));
            Assert.That(error.GetProperty("innererror").GetProperty("content_filter_result").GetProperty("violence").GetProperty("filtered").GetBoolean(), Is.True);
        });
    }

    [Test]
    public async Task What_the_model_refuses_is_refused_in_its_words()
    {
        var request = Chat();
        request["temprature"] = 1;
        using var response = await SendAsync(Classic, request);

        Assert.That((await ReadAsync(response)).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("unknown_parameter"));
    }

    [TestCase("eu/azure/openai/deployments/text-embedding-3-small/embeddings?api-version=2024-10-21", false)]
    [TestCase("eu/azure/openai/v1/embeddings", true)]
    public async Task Embeddings_are_OpenAI_s(string path, bool isNamed)
    {
        var request = new JsonObject { ["input"] = "Hello" };
        if (isNamed)
        {
            request["model"] = "text-embedding-3-small";
        }

        using var response = await SendAsync(path, request);

        Assert.That((await ReadAsync(response)).GetProperty("data")[0].GetProperty("embedding").GetArrayLength(), Is.EqualTo(1_536));
    }

    [TestCase("eu/azure/openai/responses?api-version=2025-03-01-preview")]
    [TestCase("eu/azure/openai/v1/responses")]
    public async Task Responses_are_OpenAI_s(string path)
    {
        using var response = await SendAsync(path, new JsonObject { ["model"] = "gpt-5-mini", ["input"] = "Hello" });
        using var filtered = await SendAsync(path, new JsonObject { ["model"] = "gpt-5-mini", ["input"] = "SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER" });
        using var nobody = await SendAsync(path, new JsonObject { ["model"] = "nobody", ["input"] = "Hello" });

        Assert.That((await ReadAsync(response)).GetProperty("status").GetString(), Is.EqualTo("completed"));
        Assert.That((await ReadAsync(filtered)).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("content_filter"));
        Assert.That((await ReadAsync(nobody)).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("DeploymentNotFound"));
    }

    [Test]
    public async Task Faults_are_told_in_the_shape_of_the_platform()
    {
        Simulator.SetFaults(
            new Fault { Kind = FaultKind.Status, Status = 429, Match = new FaultMatch(Protocol: "azure"), Count = 1 },
            new Fault { Kind = FaultKind.Error, Status = 500, AfterChunks = 2 });
        using var status = await SendAsync(Classic, Chat());
        var request = Chat();
        request["stream"] = true;
        using var stream = await SendAsync(Classic, request);
        var events = await EventReader.ReadAllAsync(await stream.Content.ReadAsStreamAsync(Timeout), Timeout);
        var refused = (await ReadAsync(status)).GetProperty("error").GetProperty("code").GetString();
        var recorded = await EndedAsync(2);

        Assert.Multiple(() =>
        {
            Assert.That(((int)status.StatusCode, refused), Is.EqualTo((429, "429")));
            Assert.That(JsonDocument.Parse(events[^1]).RootElement.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("InternalServerError"));
            Assert.That(Chunks.ContentEvents(events), Is.EqualTo(2));
            Assert.That((recorded.Protocol, recorded.Usage!.OutputTokens), Is.EqualTo(("azure", 2)));
        });
    }

    [Test]
    public async Task The_official_SDK_reads_v1()
    {
        var client = new ChatClient("gpt-5-mini", new ApiKeyCredential("secret"), new OpenAIClientOptions
        {
            Endpoint = new Uri($"{Simulator.AzureBaseUrl("eu")}/openai/v1"), RetryPolicy = new ClientRetryPolicy(0),
        });
        var text = "";
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Hello")], cancellationToken: Timeout))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.That(text, Does.StartWith("You said: Hello."));
    }

    private async Task<HttpResponseMessage> SendAsync(string path, JsonNode body, string header = "api-key", string value = "secret")
    {
        Http.DefaultRequestHeaders.Authorization = null;
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation(header, value);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Timeout);
    }
}
