using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A message request in Mistral's words (facts: 3.4, 3.6), field by field.</summary>
[TestFixture]
internal sealed class MessagesToMistralTests
{
    [TestCase("\"system\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "A system text is Mistral's first message")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"ho\"},{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{\"a\": \"\\u00e9\"}}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"<reminder>\"},{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"one\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\",\"tool_calls\":[{\"id\":\"DE8sQbilQ\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": \\\"\\\\u00e9\\\"}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"DE8sQbilQ\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"OK.\"},{\"role\":\"user\",\"content\":\"<reminder>\"}]", TestName = "A reminder beside what a tool answered follows it")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"is_error\":true,\"content\":[{\"type\":\"text\",\"text\":\"no\"},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBO\"}}]}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"DE8sQbilQ\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"DE8sQbilQ\",\"content\":[{\"type\":\"text\",\"text\":\"Error:\"},{\"type\":\"text\",\"text\":\"no\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}}]}]", TestName = "A failure is told in words, and pictures stay with the tool")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"title\":\"t\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"JVBE\"}},{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"plain\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document_url\",\"document_url\":\"data:application/pdf;base64,JVBE\",\"document_name\":\"t\"},{\"type\":\"text\",\"text\":\"plain\"}]}]", TestName = "Documents come along")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\"},{\"role\":\"assistant\",\"content\":[]},{\"role\":\"system\",\"content\":[]},{\"role\":\"user\",\"content\":null},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"go\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"text\",\"text\":\"go\"}]}]", TestName = "Nothing said of a message is left out for Mistral")]
    [TestCase("\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"any\",\"disable_parallel_tool_use\":true},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"any\",\"parallel_tool_calls\":false", TestName = "A tool must be called, one at a time")]
    [TestCase("\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\"},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", TestName = "A certain tool of Mistral must be called")]
    [TestCase("\"temperature\":0.5,\"top_p\":0.9,\"stop_sequences\":[\"END\"],\"metadata\":{\"user_id\":\"u\"},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":0.5,\"top_p\":0.9,\"stop\":[\"END\"]", TestName = "Sampling is copied to Mistral")]
    [TestCase("\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"response\",\"schema\":{\"type\":\"object\"},\"strict\":false}}", TestName = "A schema has a name")]
    [TestCase("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true", TestName = "A message stream is one")]
    public void A_field_is_said_in_Mistrals_words(string messages, string mistral)
    {
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":99,{messages}}}"))!.AsObject();
        Assert.That(said.Remove("max_tokens", out var bound) ? bound!.GetValue<long>() : 0, Is.EqualTo(99));
        Assert.That(said.ToJsonString(), Is.EqualTo(JsonNode.Parse($"{{\"model\":\"m\",{mistral}}}")!.ToJsonString()));
    }

    [Test]
    public void Filling_a_cache_is_Anthropics_own()
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated("{\"model\":\"x\",\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.UnsupportedFeature, "max_tokens")));
    }

    private static string Translated(string messages) => new Translating().Body(messages, MessagesRequestReader.Read, MessagesConversationReader.Read, MistralBodyWriter.Write);
}
