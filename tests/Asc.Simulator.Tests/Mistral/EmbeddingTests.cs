using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Mistral;

public sealed class EmbeddingTests : MistralTest
{
    private const string Path = "embeddings";
    private const string Variable = "codestral-embed";

    [Test]
    public async Task Every_input_has_a_vector_and_they_are_billed_together()
    {
        var answer = await SaidAsync(Embed("""["Hello","there"]"""), Path);
        var data = answer.GetProperty("data").EnumerateArray().ToList();
        var usage = answer.GetProperty("usage");
        var recorded = await EndedAsync();

        Assert.Multiple(() =>
        {
            Assert.That(data.Select(one => one.GetProperty("index").GetInt32()), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(data.Select(one => one.GetProperty("embedding").GetArrayLength()), Is.All.EqualTo(1_024));
            Assert.That(data[0].GetProperty("embedding").EnumerateArray().Sum(value => value.GetDouble() * value.GetDouble()), Is.EqualTo(1).Within(0.001));
            Assert.That((Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Count(usage, "total_tokens")), Is.EqualTo((4, 0, 4)));
            Assert.That((recorded.Usage!.InputTokens, recorded.Usage.OutputTokens), Is.EqualTo((4, 0)));
        });
    }

    [Test]
    public async Task Base64_is_the_same_in_little_endian_floats()
    {
        var plain = Vector(await SaidAsync(Embed("\"Hello\""), Path)).EnumerateArray().Select(value => value.GetSingle()).ToArray();
        var encoded = Vector(await SaidAsync(Embed("\"Hello\"", ("encoding_format", "\"base64\"")), Path)).GetBytesFromBase64();

        Assert.That(MemoryMarshal.Cast<byte, float>(encoded).ToArray(), Is.EqualTo(plain));
    }

    [TestCase("int8", 256, -127, 127)]
    [TestCase("uint8", 256, 1, 255)]
    [TestCase("binary", 32, -128, 127)]
    [TestCase("ubinary", 32, 0, 255)]
    public async Task Other_types_and_lengths_are_for_models_that_have_them(string type, int length, int min, int max)
    {
        var request = Embed("\"Hello\"", ("output_dtype", $"\"{type}\""), ("output_dimension", "256"), ("model", $"\"{Variable}\""));
        var values = Vector(await SaidAsync(request, Path)).EnumerateArray().Select(value => value.GetInt32()).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(values, Has.Count.EqualTo(length));
            Assert.That(values, Is.All.InRange(min, max));
        });
        request["model"] = "mistral-embed";
        await AssertRefusedAsync(request, "invalid_request_invalid_args", "3051", "does not support output_dimension", Path);
    }

    [TestCase("dimensions", "256", "body.dimensions:extra_forbidden")]
    [TestCase("user", "\"u\"", "body.user:extra_forbidden")]
    [TestCase("input", "[[1,2]]", "body.input.list[str].0:string_type")]
    [TestCase("encoding_format", "\"hex\"", "body.encoding_format:literal_error")]
    public Task Fields_of_another_protocol_are_forbidden(string name, string value, string problems) =>
        AssertMalformedAsync(Embed("\"Hello\"", (name, value)), problems, Path);

    [TestCase("[]")]
    [TestCase("\"\"")]
    [TestCase("[\"a\",\"\"]")]
    public Task Nothing_has_no_embedding(string input) => AssertRefusedAsync(Embed(input), "invalid_request_prompt", "3210", "empty", Path);

    [Test]
    public Task A_length_has_a_limit() => AssertRefusedAsync(
        Embed("\"a\"", ("output_dimension", "4000"), ("model", $"\"{Variable}\"")), "invalid_request_invalid_args", "3051", "3072", Path);

    private static JsonObject Embed(string input, params (string Name, string Value)[] fields)
    {
        var request = new JsonObject { ["model"] = "mistral-embed", ["input"] = JsonNode.Parse(input) };
        foreach (var (name, value) in fields)
        {
            request[name] = JsonNode.Parse(value);
        }

        return request;
    }

    private static JsonElement Vector(JsonElement answer) => answer.GetProperty("data")[0].GetProperty("embedding");
}
