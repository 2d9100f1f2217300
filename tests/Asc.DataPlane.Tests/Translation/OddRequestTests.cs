using System.Text;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What no decent client sends, and fuzzing found: it is the client that is told.</summary>
[TestFixture]
internal sealed class OddRequestTests
{
    private const string Half = "\\ud83d";

    [TestCase("\"messages\":[{\"role\":\"" + Half + "\"}]")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"" + Half + "\"}]")]
    [TestCase("\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"" + Half + "\",\"content\":\"x\"}]")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stop\":\"" + Half + "\"")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"" + Half + "\":1}}}")]
    public void A_string_that_is_no_text_is_the_clients_fault(string fields)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"m\",{fields}}}");
        var error = Assert.Throws<UntranslatableException>(() => Translate(body, ApiEndpoint.ChatCompletions, new AnthropicProvider()))!.Error;
        Assert.That((error.Status, error.Code, error.Message), Is.EqualTo((400, ErrorCode.InvalidRequest, BodyReader.NotText().Message)));
    }

    [TestCase(Half)]
    [TestCase("\\uD83D x")]
    [TestCase("\\ude00")]
    [TestCase("\\ud83d\\ud83d\\ude00")]
    [TestCase("\\\\\\ud83d\\n")]
    public void It_is_so_whoever_would_copy_it_as_it_is_written(string text)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{{\"role\":\"user\",\"content\":\"{text}\"}}]}}");
        Assert.That(Assert.Throws<UntranslatableException>(() => Translate(body, ApiEndpoint.Messages, new OpenAiProvider(new UsageInjection())))!.Error, Is.EqualTo(BodyReader.NotText()));
    }

    [Test]
    public void It_is_so_of_arguments_that_become_a_part_of_the_body()
    {
        var body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"\\\\ud800\\\"}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"}]}"u8.ToArray();
        Assert.That(Assert.Throws<UntranslatableException>(() => Translate(body, ApiEndpoint.ChatCompletions, new AnthropicProvider()))!.Error.Parameter, Is.EqualTo("messages[1].tool_calls[0].function.arguments"));
    }

    [TestCase("\\ud83d\\ude00")]
    [TestCase("\\uD83D\\uDE00 \\u00e9\\ud7ff\\ue000")]
    [TestCase("\\\\ud83d")]
    public void Whole_characters_are_text(string text) =>
        Assert.That(
            () => Translate(Encoding.UTF8.GetBytes($"{{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{{\"role\":\"user\",\"content\":\"{text}\"}}]}}"), ApiEndpoint.Messages, new OpenAiProvider(new UsageInjection())),
            Throws.Nothing);

    [Test]
    public void What_ends_an_answer_is_a_string()
    {
        var body = "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[],\"stop_sequences\":[\"END\",1]}"u8.ToArray();
        var error = Assert.Throws<UntranslatableException>(() => Translate(body, ApiEndpoint.Messages, new OpenAiProvider(new UsageInjection())))!.Error;
        Assert.That((error.Status, error.Parameter), Is.EqualTo((400, "stop_sequences")));
    }

    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"b\":{\"a\":1},\"a\":1,\"\\u0061\":2}}}", "a")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"it's\":[{\"a\":1},{\"a\":1}],\"it's\":1}}}]", "it's")]
    public void A_name_that_stands_twice_where_nobody_looked_before_is_told(string fields, string name)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"m\",{fields}}}");
        var error = Assert.Throws<UntranslatableException>(() => Translate(body, ApiEndpoint.ChatCompletions, new AnthropicProvider()))!.Error;
        Assert.That((error.Status, error.Message, error.Parameter), Is.EqualTo((400, $"Refused: the property \"{name}\" stands twice in one object: send it once.", name)));
    }

    [TestCase("", "The body is empty: send a JSON object.")]
    [TestCase(" \r\n", "The body is empty: send a JSON object.")]
    [TestCase("\uFEFF{\"model\":\"m\"}", "The body begins with a byte order mark (BOM), which is no JSON (RFC 8259): send it without.")]
    public void What_stands_in_place_of_an_object_is_named(string body, string message)
    {
        foreach (var endpoint in ApiEndpoint.All)
        {
            Assert.That(endpoint.Read(Encoding.UTF8.GetBytes(body), out _), Is.EqualTo(new GatewayError(ErrorCode.InvalidRequest, message)), endpoint.Name);
        }
    }

    [Test]
    public void Bytes_that_are_not_UTF8_are_refused_wherever_they_stand()
    {
        foreach (var endpoint in ApiEndpoint.All)
        {
            Assert.That(endpoint.Read([.. "{\"model\":\"m\",\"x\":{\"y"u8, 0xC3, .. "\":1},\"input\":\"\",\"max_tokens\":1,\"messages\":[]}"u8], out _), Is.EqualTo(BodyReader.NotText()), endpoint.Name);
        }
    }

    private static void Translate(byte[] body, ApiEndpoint endpoint, ProviderDialect provider)
    {
        var traits = PolicyCompiler.Compile(new(
            [new("p", ProviderProtocol.OpenAi, "https://p.example", "s", "eu")], [new("m", [new("p", "m")])], [], [new("acme", ["m"], AllowedRegions: ["eu"], Id: "t")]), 1).FindName("m")!.Candidates[0].Model.Traits!;
        endpoint.Read(body, out var request);
        CallTranslation.WriteRequest(body, endpoint.ReadConversation!, provider, new("\"m\""u8.ToArray(), traits, request.Shape.Features, null, Stream: false), new PooledBody());
    }
}
