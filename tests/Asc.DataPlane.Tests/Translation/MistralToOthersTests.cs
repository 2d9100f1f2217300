using System.Text.Json.Nodes;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A Mistral request in OpenAI's words and in Anthropic's (facts: 3.6), field by field.</summary>
[TestFixture]
internal sealed class MistralToOthersTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [TestCase("\"temperature\":0.5,\"top_p\":0.9,\"random_seed\":7,\"frequency_penalty\":0.5,\"presence_penalty\":-1,\"stop\":\"END\",\"max_tokens\":50,\"safe_prompt\":false,\"guardrails\":[],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_completion_tokens\":50,\"temperature\":0.5,\"top_p\":0.9,\"seed\":7,\"frequency_penalty\":0.5,\"presence_penalty\":-1,\"stop\":[\"END\"]",
        "\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],\"temperature\":0.5,\"top_p\":0.9,\"stop_sequences\":[\"END\"]", TestName = "Mistral's names of sampling")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"required\"",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"any\"}", TestName = "Any of the tools")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}],\"closed\":true},{\"type\":\"text\",\"text\":\"ho\"}],\"tool_calls\":[{\"id\":\"abcDEF123\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\": 1}},\"index\":0},{\"id\":\"abcDEF124\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"b\\\":2}\"}}]},{\"role\":\"tool\",\"name\":\"f\",\"tool_call_id\":\"abcDEF123\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"abcDEF124\",\"content\":\"two\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\",\"tool_calls\":[{\"id\":\"abcDEF123\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": 1}\"}},{\"id\":\"abcDEF124\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"b\\\":2}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"abcDEF123\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"abcDEF124\",\"content\":\"two\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"ho\"},{\"type\":\"tool_use\",\"id\":\"abcDEF123\",\"name\":\"f\",\"input\":{\"a\": 1}},{\"type\":\"tool_use\",\"id\":\"abcDEF124\",\"name\":\"f\",\"input\":{\"b\":2}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"abcDEF123\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]},{\"type\":\"tool_result\",\"tool_use_id\":\"abcDEF124\",\"content\":[{\"type\":\"text\",\"text\":\"two\"}]}]}],\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]", TestName = "Calls, with arguments either way, and thoughts")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"data:image/png;base64,iVBO\"},{\"type\":\"document_url\",\"document_url\":\"data:application/pdf;base64,JVBE\",\"document_name\":\"t\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}},{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,JVBE\",\"filename\":\"t\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBO\"}},{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"JVBE\"},\"title\":\"t\"}]}]", TestName = "Pictures and documents of Mistral")]
    [TestCase("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,\"stream_options\":{\"include_usage\":true}",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],\"stream\":true", TestName = "A stream of Mistral")]
    public void A_field_is_said_in_others_words(string mistral, string chat, string messages)
    {
        var body = $"{{\"model\":\"x\",{mistral}}}";
        Assert.That(Plain(Translated(body, ChatBodyWriter.Write)), Is.EqualTo(Plain($"{{\"model\":\"m\",{chat}}}")));
        Assert.That(Plain(Translated(body, MessagesBodyWriter.Write)), Is.EqualTo(Plain($"{{\"model\":\"m\",{(messages.StartsWith("\"max_tokens\"", StringComparison.Ordinal) ? "" : "\"max_tokens\":4096,")}{messages}}}")));
    }

    [TestCase("\"prompt_mode\":\"reasoning\"", "high")]
    [TestCase("\"prompt_mode\":\"reasoning\",\"reasoning_effort\":\"low\"", "low")]
    [TestCase("\"prompt_mode\":null", null)]
    public void Who_is_told_to_think_thinks(string field, string? effort)
    {
        var model = new ModelDocument("gpt", []) { Reasoning = new(ReasoningEffort.Low | ReasoningEffort.High) };
        Assert.That(JsonNode.Parse(Translated($"{{\"model\":\"x\",{field},{Hi}}}", ChatBodyWriter.Write, model))!["reasoning_effort"]?.GetValue<string>(), Is.EqualTo(effort));
    }

    [Test]
    public void Claude_is_not_told_to_think_on_where_its_thoughts_did_not_come_along()
    {
        var model = new ModelDocument("claude", []) { Reasoning = new(ReasoningEffort.High, ByBudget: true) };
        const string called = "{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"abcDEF123\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"abcDEF123\",\"content\":\"x\"}";
        string Asked(string messages) => Translated($"{{\"model\":\"x\",\"reasoning_effort\":\"high\",\"messages\":[{messages}]}}", MessagesBodyWriter.Write, model);
        Assert.That(Asked(called), Does.Not.Contain("\"thinking\""), "Anthropic would refuse it");
        Assert.That(Asked(called + ",{\"role\":\"assistant\",\"content\":\"so\"},{\"role\":\"user\",\"content\":\"go\"}"), Does.Contain("\"thinking\""));
    }

    private static string Plain(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string Translated(string mistral, Translating.WriteBody write, ModelDocument? model = null) =>
        new Translating { Model = model ?? new("model", []), Dropped = RequestFeatures.None }.Body(mistral, ChatRequestReader<MistralChatFields>.Read, ChatConversationReader.Read, write);
}
