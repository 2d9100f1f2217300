using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Embeddings of Mistral's for OpenAI's clients, and the other way round (facts: 3.6, 6.1).</summary>
[TestFixture]
internal sealed class TranslatedEmbeddingsTests : TranslationFixture
{
    private const string OpenAi = "/v1/embeddings";
    private const string Mistral = "/mistral/v1/embeddings";

    private static NameList Embedders => new() { Values = { "mistral-embed", "codestral-embed", "small" } };

    protected override IEnumerable<Resource> More =>
    [
        At("mistral-embed", "p-mistral", "mistral-embed"), At("codestral-embed", "p-mistral", "codestral-embed"), At("small", "p-oai", "text-embedding-3-small"),
    ];

    [SetUp]
    public Task EnforceEmbeddings() => EnforceAsync(static (_, tenant) => tenant.Models.Allow = Embedders);

    [TestCase(OpenAi, "{\"model\":\"mistral-embed\",\"input\":\"h\\u0069\",\"user\":\"u\",\"encoding_format\":\"base64\",\"dimensions\":null}", "{\"model\":\"mistral-embed\",\"input\":\"h\\u0069\"}")]
    [TestCase(OpenAi, "{\"model\":\"codestral-embed\",\"input\":[\"a\",\"b\"],\"dimensions\":256,\"encoding_format\":\"float\"}", "{\"model\":\"codestral-embed\",\"input\":[\"a\",\"b\"],\"output_dimension\":256}")]
    [TestCase(Mistral, "{\"model\":\"small\",\"input\":[\"a\"],\"output_dimension\":256,\"output_dtype\":\"float\",\"metadata\":{}}", "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\"],\"dimensions\":256}")]
    public async Task The_other_provider_is_asked_in_its_own_words(string path, string asked, string sent)
    {
        await AnswerAsync(path, asked);

        Assert.That(Sent().ToJsonString(), Is.EqualTo(JsonNode.Parse(sent)!.ToJsonString()));
    }

    [TestCase(OpenAi, "mistral-embed", 1024, new[] { "object", "data", "model", "usage" })]
    [TestCase(Mistral, "small", 1536, new[] { "id", "object", "data", "model", "usage" })]
    public async Task The_client_gets_vectors_as_its_protocol_has_them_and_what_was_read_counts(string path, string model, int length, string[] members)
    {
        var floats = await AnswerAsync(path, $"{{\"model\":\"{model}\",\"input\":[\"one\",\"two\"]}}");
        var encoded = await AnswerAsync(path, $"{{\"model\":\"{model}\",\"input\":[\"one\",\"two\"],\"encoding_format\":\"base64\"}}");

        Assert.That(floats.AsObject().Select(member => member.Key), Is.EqualTo(members));
        Assert.That((floats["object"]!.GetValue<string>(), floats["model"]!.GetValue<string>()), Is.EqualTo(("list", model)));
        for (var index = 0; index < 2; index++)
        {
            var (one, other) = (floats["data"]![index]!, encoded["data"]![index]!);
            var numbers = one["embedding"]!.AsArray().Select(number => number!.GetValue<float>()).ToArray();
            Assert.That((one["object"]!.GetValue<string>(), one["index"]!.GetValue<int>(), numbers.Length), Is.EqualTo(("embedding", index, length)));
            Assert.That(MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(other["embedding"]!.GetValue<string>())).ToArray(), Is.EqualTo(numbers), "float32, little-endian");
        }

        var records = await node.Get<Asc.DataPlane.Reporting.IRecordSpool>().RecordsAsync(0);
        var billed = simulator.Requests.Items[0].Usage!.InputTokens;
        Assert.That(records.Select(record => (record.Outcome, record.Endpoint, (long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated)), Is.All.EqualTo((Outcome.Ok, "POST " + path, billed, 0L, false)));
        Assert.That((floats["usage"]!["prompt_tokens"]!.GetValue<long>(), floats["usage"]!["total_tokens"]!.GetValue<long>()), Is.EqualTo((billed, billed)));
    }

    [TestCase(OpenAi, "{\"model\":\"mistral-embed\",\"input\":[1,2,3]}", "token-input")]
    [TestCase(OpenAi, "{\"model\":\"mistral-embed\",\"input\":[[1,2],[3]]}", "token-input")]
    [TestCase(OpenAi, "{\"model\":\"mistral-embed\",\"input\":\"x\",\"new\":1}", "other-fields")]
    [TestCase(Mistral, "{\"model\":\"small\",\"input\":\"x\",\"output_dtype\":\"int8\"}", "output-dtype")]
    public async Task What_the_other_protocol_has_no_place_for_is_refused_and_told(string path, string body, string feature)
    {
        using var response = await SendAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();

        Assert.That(((int)response.StatusCode, text), Is.EqualTo((400, text)));
        Assert.That(text, Does.Contain("unsupported_feature").And.Contain(feature));
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task What_may_be_dropped_is_dropped_and_a_type_of_number_may_not()
    {
        await EnforceAsync(static (_, tenant) =>
        {
            tenant.Models.Allow = Embedders;
            tenant.FeatureGaps = FeatureGaps.Drop;
        });
        using var served = await SendAsync(OpenAi, "{\"model\":\"mistral-embed\",\"input\":\"x\",\"new\":1}");
        using var refused = await SendAsync(Mistral, "{\"model\":\"small\",\"input\":\"x\",\"output_dtype\":\"int8\"}");

        Assert.That(((int)served.StatusCode, Header(served, "x-asc-dropped"), (int)refused.StatusCode), Is.EqualTo((200, "new", 400)));
    }

    [TestCase("\"encoding_format\":\"hex\"", "encoding_format")]
    [TestCase("\"dimensions\":\"many\"", "dimensions")]
    [TestCase("\"encoding_format\":\"\\ud800\"", "")]
    public async Task What_is_no_request_is_told_with_its_place(string field, string parameter)
    {
        using var response = await SendAsync(OpenAi, $"{{\"model\":\"mistral-embed\",\"input\":\"x\",{field}}}");
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;

        Assert.That(((int)response.StatusCode, error["param"]?.GetValue<string>() ?? ""), Is.EqualTo((400, parameter)), error.ToJsonString());
    }

    [TestCase("[0.5,-1.25e-2]", "\"base64\"", "\"AAAAP83MTLw=\"", TestName = "Numbers though base64 was asked for")]
    [TestCase("\"AAAAP83MTLw=\"", "\"base64\"", "\"AAAAP83MTLw=\"", TestName = "Base64 as asked for")]
    [TestCase("[0.5,-1.25e-2]", "\"float\"", "[0.5,-1.25e-2]", TestName = "Numbers as asked for")]
    public async Task A_server_that_resembles_OpenAI_answers(string vector, string format, string heard)
    {
        var answer = $"{{\"extra\":1,\"object\":\"list\",\"data\":[{{\"index\":0,\"embedding\":{vector},\"object\":\"embedding\"}}],\"model\":\"e5\",\"usage\":{{\"prompt_tokens\":3,\"total_tokens\":3}}}}";
        await using var odd = new OddProvider($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n{answer}");
        var compatible = TestPublisher.Provider("p-odd", "eu", odd.Url);
        (compatible.Provider.Protocol, compatible.Provider.Credential.Secret) = (Protocol.OpenaiCompatible, "p-eu");
        await node.Snapshots.InstallAsync(publisher.Publish(90, "eu", [compatible, At("e5", "p-odd", "e5"), TestPublisher.Tenant("acme", ["e5"], "eu")]), publisher, default);

        var given = await AnswerAsync(OpenAi, $"{{\"model\":\"e5\",\"input\":\"x\",\"encoding_format\":{format}}}");

        Assert.That(given["data"]![0]!["embedding"]!.ToJsonString(), Is.EqualTo(heard));
        Assert.That(given["usage"]!["prompt_tokens"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(given["extra"] is null, Is.EqualTo(heard[0] == '"' && vector[0] == '['), "what is as it was asked for is passed on as it came");
    }

    [TestCase("{\"data\":[{\"embedding\":[\"x\"]}]}")]
    [TestCase("{\"data\":[{\"embedding\":\"AAA=\"}]}")]
    [TestCase("{\"data\":[{\"embedding\":\"AADAfw==\"}]}", TestName = "Not a number")]
    [TestCase("{\"data\":[{}]}")]
    [TestCase("{\"data\":{}}")]
    public async Task What_are_no_vectors_is_the_providers_error(string answer)
    {
        await using var odd = new OddProvider($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n{answer}");
        var provider = TestPublisher.Provider("p-odd", "eu", odd.Url);
        (provider.Provider.Protocol, provider.Provider.Credential.Secret) = (Protocol.Mistral, "p-eu");
        await node.Snapshots.InstallAsync(publisher.Publish(90, "eu", [provider, At("e5", "p-odd", "e5"), TestPublisher.Tenant("acme", ["e5"], "eu")]), publisher, default);

        using var response = await SendAsync(OpenAi, "{\"model\":\"e5\",\"input\":\"x\"}");
        Assert.That(((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<string>()), Is.EqualTo((502, "provider_error")));
    }

    private static Resource At(string name, string provider, string upstreamModel)
    {
        var model = TestPublisher.Model(name, provider);
        model.Model.Deployments[0].UpstreamModel = upstreamModel;
        return model;
    }
}
