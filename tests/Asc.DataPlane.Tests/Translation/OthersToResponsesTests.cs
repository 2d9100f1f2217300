using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A chat completion's request, a message's and a Mistral chat's as OpenAI's responses (facts: 2.2, 3.7), field by field.</summary>
[TestFixture]
internal sealed class OthersToResponsesTests
{
    private const string LongUser = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private const string HiSaid = "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]}]";
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"strict\":true,\"parameters\":{\"type\":\"object\",\"additionalProperties\":false}}},{\"type\":\"function\",\"function\":{\"name\":\"g\",\"description\":null}}]";
    private const string ToolsSaid = "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"additionalProperties\":false},\"strict\":true},{\"type\":\"function\",\"name\":\"g\",\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":false}]";

    [TestCase("\"messages\":[{\"role\":\"developer\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"hi\",\"name\":\"ana\"},{\"role\":\"assistant\",\"content\":\"ho\",\"refusal\":\"no\",\"reasoning_content\":\"hm\"},{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"input\":[{\"type\":\"message\",\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_text\",\"text\":\"b\"}]},{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]},{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"ho\"},{\"type\":\"output_text\",\"text\":\"no\"}]},{\"type\":\"message\",\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"be brief\"}]},{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"go\"}]}]", TestName = "Each message is an item of the input, and thoughts are none")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}},{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,JVBE\"}}]}]",
        "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"see\"},{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,iVBO\"},{\"type\":\"input_file\",\"file_data\":\"data:application/pdf;base64,JVBE\",\"filename\":\"document\"}]}]", TestName = "Pictures and files are parts of the input")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"wait\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": \\\"é\\\"}\"}},{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]},{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"wait\"}]},{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\": \\\"é\\\"}\"},{\"type\":\"function_call\",\"call_id\":\"c2\",\"name\":\"g\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"one\"},{\"type\":\"function_call_output\",\"call_id\":\"c2\",\"output\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_text\",\"text\":\"b\"}]},{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"go\"}]}]", TestName = "Calls and what tools answered are items of their own")]
    [TestCase(Tools + "," + Hi, HiSaid + "," + ToolsSaid, TestName = "A tool is flat, and says whether it is strict")]
    [TestCase(Tools + ",\"tool_choice\":\"none\"," + Hi, HiSaid + "," + ToolsSaid + ",\"tool_choice\":\"none\"", TestName = "A response without calls")]
    [TestCase(Tools + ",\"tool_choice\":\"auto\",\"parallel_tool_calls\":false," + Hi, HiSaid + "," + ToolsSaid + ",\"tool_choice\":\"auto\",\"parallel_tool_calls\":false", TestName = "A response with one call at a time")]
    [TestCase(Tools + ",\"tool_choice\":\"required\"," + Hi, HiSaid + "," + ToolsSaid + ",\"tool_choice\":\"required\"", TestName = "A response with some call")]
    [TestCase(Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}," + Hi, HiSaid + "," + ToolsSaid + ",\"tool_choice\":{\"type\":\"function\",\"name\":\"g\"}", TestName = "A response with a certain call")]
    [TestCase("\"max_completion_tokens\":50,\"temperature\":0.50,\"top_p\":0.9," + Hi, HiSaid + ",\"max_output_tokens\":50,\"temperature\":0.50,\"top_p\":0.9", TestName = "A response's bound and sampling")]
    [TestCase("\"max_completion_tokens\":5," + Hi, HiSaid + ",\"max_output_tokens\":16", TestName = "A response has 16 tokens at least")]
    [TestCase("\"verbosity\":\"low\"," + Hi, HiSaid + ",\"text\":{\"verbosity\":\"low\"}", TestName = "A response of few words")]
    [TestCase("\"response_format\":{\"type\":\"json_object\"},\"messages\":[{\"role\":\"user\",\"content\":\"hi in Json\"}]",
        "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi in Json\"}]}],\"text\":{\"format\":{\"type\":\"json_object\"}}", TestName = "A response that is some JSON object")]
    [TestCase("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\"}}},\"verbosity\":\"high\"," + Hi, HiSaid + ",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"type\":\"object\"},\"strict\":true},\"verbosity\":\"high\"}", TestName = "A response that is JSON of a schema")]
    [TestCase("\"prompt_cache_key\":\"k\",\"safety_identifier\":\"s\"," + Hi, HiSaid + ",\"prompt_cache_key\":\"k\",\"safety_identifier\":\"s\"", TestName = "What OpenAI's client says for OpenAI alone")]
    [TestCase("\"user\":\"u\"," + Hi, HiSaid + ",\"safety_identifier\":\"u\"", TestName = "The user by the old name")]
    [TestCase("\"metadata\":{\"a\":\"b\"}," + Hi, HiSaid + ",\"metadata\":{\"a\":\"b\"}", TestName = "What the application keeps with a response")]
    [TestCase("\"user\":\"" + LongUser + "\",\"service_tier\":\"default\"," + Hi, HiSaid + ",\"service_tier\":\"default\",\"safety_identifier\":\"635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0\"", TestName = "A user whose name is too long")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\",\"detail\":\"low\"}}]}]",
        "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,iVBO\",\"detail\":\"low\"}]}]", TestName = "How closely a picture is looked at")]
    [TestCase("\"temperature\":null,\"n\":1,\"logprobs\":false,\"store\":false,\"metadata\":{\"a\":1},\"verbosity\":\"medium\",\"logit_bias\":{},\"tools\":[]," + Hi, HiSaid, TestName = "What changes no response is not said")]
    public void A_chat_completion_s_field_is_said_in_a_response_s_words(string chat, string response) =>
        AssertSaid(response, new Translating().Body($"{{\"model\":\"x\",{chat}}}", OpenAiChatRequestReader.Read, ChatConversationReader.Read, ResponsesBodyWriter.Write));

    [TestCase("\"system\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"b\"}]," + Hi,
        "\"input\":[{\"type\":\"message\",\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_text\",\"text\":\"b\"}]},{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]}],\"max_output_tokens\":99", TestName = "System blocks are the first item")]
    [TestCase("\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"any\",\"disable_parallel_tool_use\":true}," + Hi,
        HiSaid + ",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\"},\"strict\":false}],\"tool_choice\":\"required\",\"parallel_tool_calls\":false,\"max_output_tokens\":99", TestName = "Claude's tools are a response's")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"f\",\"input\":{\"a\":1}},{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"is_error\":true,\"content\":\"bad\"},{\"type\":\"tool_result\",\"tool_use_id\":\"t2\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBO\"}}]},{\"type\":\"text\",\"text\":\"so\"}]}]",
        "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]},{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]},{\"type\":\"function_call\",\"call_id\":\"t1\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"},{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"b\"}]},{\"type\":\"function_call\",\"call_id\":\"t2\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"t1\",\"output\":[{\"type\":\"input_text\",\"text\":\"Error:\"},{\"type\":\"input_text\",\"text\":\"bad\"}]},{\"type\":\"function_call_output\",\"call_id\":\"t2\",\"output\":[{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,iVBO\"}]},{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"so\"}]}],\"max_output_tokens\":99", TestName = "Texts stay between calls, and pictures in what tools answered")]
    [TestCase("\"stream\":true,\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{}}}}}," + Hi,
        HiSaid + ",\"max_output_tokens\":99,\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"response\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{}}},\"strict\":false}},\"stream\":true", TestName = "A streamed response of a schema that is not strict")]
    public void A_message_s_field_is_said_in_a_response_s_words(string messages, string response) =>
        AssertSaid(response, new Translating().Body($"{{\"model\":\"x\",\"max_tokens\":99,{messages}}}", MessagesRequestReader.Read, MessagesConversationReader.Read, ResponsesBodyWriter.Write));

    [Test]
    public void So_is_a_Mistral_chat_s() => AssertSaid(
        HiSaid + "," + ToolsSaid + ",\"tool_choice\":\"required\",\"max_output_tokens\":50,\"temperature\":0.5",
        new Translating().Body($"{{\"model\":\"x\",\"temperature\":0.5,\"max_tokens\":50,\"tool_choice\":\"any\",{Tools},{Hi}}}", ChatRequestReader<MistralChatFields>.Read, ChatConversationReader.Read, ResponsesBodyWriter.Write));

    [Test]
    public void A_model_thinks_as_much_as_it_can_be_told()
    {
        var model = new ModelDocument("gpt", []) { Reasoning = new(ReasoningEffort.Low | ReasoningEffort.High) };
        AssertSaid(
            HiSaid + ",\"reasoning\":{\"effort\":\"high\"}",
            new Translating { Model = model }.Body($"{{\"model\":\"x\",\"reasoning_effort\":\"xhigh\",{Hi}}}", OpenAiChatRequestReader.Read, ChatConversationReader.Read, ResponsesBodyWriter.Write));
    }

    [TestCase("\"seed\":1,\"stop\":[\"a\"],\"presence_penalty\":1,", RequestFeatures.Seed | RequestFeatures.StopSequences | RequestFeatures.Penalties, "")]
    [TestCase("\"temperature\":0.5,\"verbosity\":\"low\",", RequestFeatures.Temperature | RequestFeatures.Verbosity, "")]
    [TestCase("\"tool_choice\":\"required\"," + Tools + ",", RequestFeatures.ForcedTools, "," + ToolsSaid + ",\"tool_choice\":\"auto\"")]
    public void What_is_left_out_is_left_out(string fields, object dropped, string expected) => AssertSaid(
        HiSaid + expected, new Translating { Dropped = (RequestFeatures)dropped }.Body($"{{\"model\":\"x\",{fields}{Hi}}}", OpenAiChatRequestReader.Read, ChatConversationReader.Read, ResponsesBodyWriter.Write));

    // Nothing is kept, whoever asks.
    private static void AssertSaid(string expected, string sent)
    {
        var said = JsonNode.Parse(sent)!.AsObject();
        Assert.That(said.Remove("store", out var store) && !store!.GetValue<bool>(), Is.True, sent);
        Assert.That(said.ToJsonString(), Is.EqualTo(JsonNode.Parse($"{{\"model\":\"m\",{expected}}}")!.ToJsonString()));
    }
}
