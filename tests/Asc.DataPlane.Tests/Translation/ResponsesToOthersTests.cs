using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A request for a response in the words of chat completions and of messages (facts: 3.7).</summary>
[TestFixture]
internal sealed class ResponsesToOthersTests
{
    [TestCase("\"input\":\"hi\",\"instructions\":\"be kind\",\"store\":false,\"include\":[\"reasoning.encrypted_content\"]",
        "\"messages\":[{\"role\":\"system\",\"content\":\"be kind\"},{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "A text with instructions")]
    [TestCase("\"input\":[{\"role\":\"developer\",\"content\":\"a\"},{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"},{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,iVBO\"},{\"type\":\"input_file\",\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,JVBE\"}]}]",
        "\"messages\":[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}},{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,JVBE\",\"filename\":\"a.pdf\"}}]}]",
        TestName = "Messages with pictures and files")]
    [TestCase("\"input\":[{\"role\":\"user\",\"content\":\"hi\"},{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"x\"},{\"type\":\"message\",\"role\":\"assistant\",\"id\":\"msg_1\",\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"so\",\"annotations\":[]}]},{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"},{\"type\":\"function_call\",\"call_id\":\"c2\",\"name\":\"g\",\"arguments\":\"\"},{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"one\"},{\"type\":\"function_call_output\",\"call_id\":\"c2\",\"output\":[{\"type\":\"input_text\",\"text\":\"two\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"so\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}},{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"two\"}]",
        TestName = "What one turn said and called is one message")]
    [TestCase("\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"strict\":true,\"parameters\":{\"type\":\"object\",\"additionalProperties\":false}}],\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"},\"parallel_tool_calls\":false",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"additionalProperties\":false},\"strict\":true}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"parallel_tool_calls\":false",
        TestName = "Tools are nested there")]
    [TestCase("\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"strict\":false},{\"type\":\"function\",\"name\":\"g\",\"strict\":false}],\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]}",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\",\"strict\":false}}],\"tool_choice\":\"auto\"",
        TestName = "Of tools those are declared that may be called")]
    [TestCase("\"input\":\"hi\",\"temperature\":0.5,\"max_output_tokens\":9,\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\"}}}",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_completion_tokens\":9,\"temperature\":0.5,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"},\"strict\":true}}",
        TestName = "A format, sampling and a bound")]
    public void A_response_is_asked_for_as_a_chat_completion(string response, string chat) =>
        Assert.That(Plain(Translated($"{{\"model\":\"x\",{response}}}", ChatBodyWriter.Write)), Is.EqualTo(Plain($"{{\"model\":\"m\",{chat}}}")));

    [Test]
    public void A_response_is_asked_for_as_a_message() =>
        Assert.That(Plain(Translated("{\"model\":\"x\",\"instructions\":\"be kind\",\"input\":[{\"role\":\"user\",\"content\":\"hi\"},{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"one\"}],\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}]}", MessagesBodyWriter.Write)),
            Is.EqualTo(Plain("{\"model\":\"m\",\"max_tokens\":4096,\"system\":[{\"type\":\"text\",\"text\":\"be kind\"}],\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c1\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]}]}],\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]}")));

    [Test]
    public void A_caches_key_is_Mistrals_too() =>
        Assert.That(Plain(Translated("{\"model\":\"x\",\"input\":\"hi\",\"prompt_cache_key\":\"k\"}", MistralBodyWriter.Write)), Is.EqualTo(Plain("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"prompt_cache_key\":\"k\"}")));

    [TestCase("{\"type\":\"message\",\"content\":\"x\"}", "input[0].role")]
    [TestCase("{\"role\":\"narrator\",\"content\":\"x\"}", "input[0].role")]
    [TestCase("{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}", "input[0].content[0].text")]
    [TestCase("{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"}", "input[0].call_id")]
    [TestCase("{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"[1]\"}", "input[0].arguments")]
    public void What_is_no_item_is_told_with_its_place(string item, string parameter)
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",\"input\":[{item}]}}", ChatBodyWriter.Write))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.InvalidRequest, parameter)));
    }

    private static string Plain(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string Translated(string response, Translating.WriteBody write) => new Translating().Body(response, ResponsesRequestReader.Read, ResponsesConversationReader.Read, write);
}
