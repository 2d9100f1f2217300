using System.ClientModel;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Simulator.Faults;
using OpenAI;
using OpenAI.Embeddings;

namespace Asc.Simulator.Tests.OpenAi;

public sealed class EmbeddingTests : SimulatorTest
{
    private const string Small = "text-embedding-3-small";

    [TestCase("\"Hello\"", 1, 2)]
    [TestCase("[\"Hello\",\"there\"]", 2, 4)]
    [TestCase("[1,2,3]", 1, 3)]
    [TestCase("[[1,2,3],[4]]", 2, 4)]
    public async Task Every_input_has_a_vector_of_length_one_and_they_are_billed_together(string input, int count, int tokens)
    {
        using var response = await SendAsync(Embed(input));
        var answer = await ReadAsync(response);
        var vectors = answer.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("embedding")).ToList();
        var recorded = await EndedAsync();

        Assert.Multiple(() =>
        {
            Assert.That(vectors.Select(vector => vector.GetArrayLength()), Is.EqualTo(Enumerable.Repeat(1_536, count)));
            Assert.That(vectors[0].EnumerateArray().Sum(value => value.GetDouble() * value.GetDouble()), Is.EqualTo(1).Within(0.001));
            Assert.That(answer.GetProperty("usage").GetRawText(), Is.EqualTo($$"""{"prompt_tokens":{{tokens}},"total_tokens":{{tokens}}}"""));
            Assert.That((recorded.Usage!.InputTokens, recorded.Usage.OutputTokens), Is.EqualTo((tokens, 0)));
        });
    }

    [Test]
    public async Task Base64_is_the_same_in_little_endian_floats()
    {
        using var plain = await SendAsync(Embed("\"Hello\"", ("dimensions", "8")));
        using var encoded = await SendAsync(Embed("\"Hello\"", ("dimensions", "8"), ("encoding_format", "\"base64\"")));
        var floats = Vector(await ReadAsync(plain)).EnumerateArray().Select(value => value.GetSingle()).ToArray();

        Assert.That(MemoryMarshal.Cast<byte, float>(Vector(await ReadAsync(encoded)).GetBytesFromBase64()).ToArray(), Is.EqualTo(floats));
    }

    [TestCase("input", "\"\"", null, null, 400)]
    [TestCase("input", "[]", null, null, 400)]
    [TestCase("input", "[\"a\",\"\"]", null, null, 400)]
    [TestCase("input", "[\"a\",1]", null, null, 400)]
    [TestCase("input", "[[]]", null, null, 400)]
    [TestCase("input", "[1.5]", null, null, 400)]
    [TestCase("input", "null", "input", "missing_required_parameter", 400)]
    [TestCase("model", "\"text-embedding-ada-002\"", null, null, 400)]
    [TestCase("model", "\"gpt-5-mini\"", null, null, 403)]
    [TestCase("model", "\"nobody\"", null, "model_not_found", 404)]
    [TestCase("dimensions", "1537", null, null, 400)]
    [TestCase("dimensions", "0", "dimensions", "integer_below_min_value", 400)]
    [TestCase("encoding_format", "\"hex\"", "encoding_format", "invalid_value", 400)]
    [TestCase("output_dimension", "5", "output_dimension", "unknown_parameter", 400)]
    public async Task What_is_wrong_is_refused(string name, string value, string? param, string? code, int status)
    {
        using var response = await SendAsync(Embed("\"Hello\"", ("dimensions", "8"), (name, value)));
        var error = (await ReadAsync(response)).GetProperty("error");

        Assert.That(
            ((int)response.StatusCode, error.GetProperty("param").GetString(), error.GetProperty("code").GetString()), Is.EqualTo((status, param, code)));
    }

    [Test]
    public async Task A_model_for_embeddings_does_not_chat()
    {
        var request = Chat();
        request["model"] = Small;
        using var response = await PostAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Without_usage_none_is_reported()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.NoUsage, Match = new FaultMatch(Model: Small) });
        using var response = await SendAsync(Embed("\"Hello\""));

        Assert.That((await ReadAsync(response)).TryGetProperty("usage", out _), Is.False);
    }

    [Test]
    public async Task The_official_SDK_reads_them()
    {
        var client = new EmbeddingClient(Small, new ApiKeyCredential("sk-test"), new OpenAIClientOptions { Endpoint = Simulator.OpenAiBaseUrl("eu") });

        OpenAIEmbedding embedding = await client.GenerateEmbeddingAsync("Hello", new EmbeddingGenerationOptions { Dimensions = 16 }, Timeout);

        Assert.That(embedding.ToFloats().Length, Is.EqualTo(16));
    }

    private Task<HttpResponseMessage> SendAsync(JsonObject body) => Http.PostAsJsonAsync("eu/openai/v1/embeddings", body, Timeout);

    private static JsonObject Embed(string input, params (string Name, string Value)[] fields)
    {
        var request = new JsonObject { ["model"] = Small, ["input"] = JsonNode.Parse(input) };
        foreach (var (name, value) in fields)
        {
            request[name] = JsonNode.Parse(value);
        }

        return request;
    }

    private static JsonElement Vector(JsonElement answer) => answer.GetProperty("data")[0].GetProperty("embedding");
}
