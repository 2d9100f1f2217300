using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A chat completion's request in Mistral's words (facts: 3.6), field by field.</summary>
[TestFixture]
internal sealed class ChatToMistralTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [TestCase("\"messages\":[{\"role\":\"developer\",\"content\":\"a\"},{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"hi\",\"name\":\"ana\"}]",
        "\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "Developers are the system")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"developer\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"go\"}]", TestName = "Instructions after the user are the system's")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\"},{\"role\":\"system\",\"content\":\"be \\\"brief\\\"\"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\"},{\"role\":\"user\",\"content\":\"<system>be \\\"brief\\\"</system>\"},{\"role\":\"user\",\"content\":\"go\"}]", TestName = "Instructions after the assistant are the user's and marked")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"be brief\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":\"<system>be brief</system>\"}]", TestName = "Instructions that are the last word are the user's and marked")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"assistant\",\"content\":null}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":\"<system>be brief</system>\"}]", TestName = "Instructions are the last word where nothing is said after them")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null},{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"hm\",\"refusal\":\"no\"},{\"role\":\"user\",\"content\":[]},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"no\"},{\"role\":\"user\",\"content\":\"go\"}]", TestName = "Nothing said is left out, and thoughts and refusals are none or text")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\",\"detail\":\"low\"}},{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,JVBE\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\",\"detail\":\"low\"}},{\"type\":\"document_url\",\"document_url\":\"data:application/pdf;base64,JVBE\",\"document_name\":\"a.pdf\"}]}]", TestName = "Pictures and PDF files come along")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": 1}\"}},{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}},{\"id\":\"abcDEF123\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"call\\u005f1\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"\"},{\"role\":\"tool\",\"tool_call_id\":\"abcDEF123\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"Bu09e4fdz\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": 1}\"}},{\"id\":\"uTbGAY5zt\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"abcDEF123\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"Bu09e4fdz\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"uTbGAY5zt\",\"content\":\"\"},{\"role\":\"tool\",\"tool_call_id\":\"abcDEF123\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"assistant\",\"content\":\"OK.\"},{\"role\":\"user\",\"content\":\"go\"}]", TestName = "Ids become Mistral's, alike at both ends, and the assistant stands between a tool and the user")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"one\"},{\"role\":\"system\",\"content\":\"be brief\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"Bu09e4fdz\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"Bu09e4fdz\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"OK.\"},{\"role\":\"user\",\"content\":\"<system>be brief</system>\"}]", TestName = "Instructions after a tool wait for the assistant")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":null}},{\"type\":\"function\",\"function\":{\"name\":\"g\",\"description\":\"d\",\"strict\":true,\"parameters\":{\"type\":\"object\",\"additionalProperties\":false}}}],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}},{\"type\":\"function\",\"function\":{\"name\":\"g\",\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"additionalProperties\":false},\"strict\":true}}]", TestName = "A tool's arguments are always declared")]
    [TestCase("\"tools\":[],\"tool_choice\":\"auto\",\"parallel_tool_calls\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "No tools are no list")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"required\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"any\"", TestName = "Some call of Mistral")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"none\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"none\"", TestName = "No call of Mistral")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"auto\"", TestName = "Any call of Mistral")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", TestName = "A certain call of Mistral")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"parallel_tool_calls\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"parallel_tool_calls\":false", TestName = "One call at a time of Mistral")]
    [TestCase("\"temperature\":0.50,\"top_p\":0.9,\"seed\":7,\"frequency_penalty\":0.5,\"presence_penalty\":-1,\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":0.50,\"top_p\":0.9,\"random_seed\":7,\"frequency_penalty\":0.5,\"presence_penalty\":-1,\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", TestName = "Sampling is copied, by Mistral's names")]
    [TestCase("\"temperature\":1,\"top_p\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":1", TestName = "A temperature of 1 is said, as Mistral's default is another")]
    [TestCase("\"temperature\":null,\"top_p\":null,\"n\":1,\"logprobs\":false,\"frequency_penalty\":0,\"user\":\"u\",\"store\":false,\"verbosity\":\"medium\",\"metadata\":{\"a\":\"b\"},\"stream_options\":{\"include_usage\":true},\"service_tier\":\"auto\",\"prompt_cache_key\":null,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "What nobody wishes is not said")]
    [TestCase("\"prompt_cache_key\":\"k\\u00e9\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"prompt_cache_key\":\"ké\"", TestName = "The key of a cache is Mistral's too")]
    [TestCase("\"max_completion_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":50", TestName = "A bound has Mistral's name")]
    [TestCase("\"response_format\":{\"type\":\"json_object\"},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_object\"}", TestName = "Some JSON object")]
    [TestCase("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"description\":\"d\",\"strict\":true,\"schema\":{\"type\":\"object\"}}},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"description\":\"d\",\"schema\":{\"type\":\"object\"},\"strict\":true}}", TestName = "JSON of a schema")]
    [TestCase("\"service_tier\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\",\"detail\":\"original\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\",\"detail\":\"high\"}}]}],\"service_tier\":\"standard_only\"", TestName = "The usual tier at Mistral, and the closest look")]
    [TestCase("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true", TestName = "A stream needs no options")]
    public void A_field_is_said_in_Mistrals_words(string chat, string mistral) =>
        Assert.That(JsonNode.Parse(Translated($"{{\"model\":\"x\",{chat}}}"))!.ToJsonString(), Is.EqualTo(JsonNode.Parse($"{{\"model\":\"m\",{mistral}}}")!.ToJsonString()));

    [TestCase("low", "low")]
    [TestCase("minimal", "low")]
    [TestCase("xhigh", "xhigh")]
    [TestCase("max", "xhigh")]
    public void A_model_thinks_as_much_as_it_can_be_told(string effort, string told)
    {
        var model = new ModelDocument("mistral", []) { Reasoning = new(ReasoningEffort.Low | ReasoningEffort.High | ReasoningEffort.XHigh | ReasoningEffort.Max) };
        Assert.That(Translated($"{{\"model\":\"x\",\"reasoning_effort\":\"{effort}\",{Hi}}}", new() { Model = model }), Is.EqualTo($"{{\"model\":\"m\",{Hi},\"reasoning_effort\":\"{told}\"}}"));
    }

    [TestCase("\"temperature\":1.5,\"seed\":1,", RequestFeatures.HighTemperature, ",\"temperature\":1,\"random_seed\":1")]
    [TestCase("\"temperature\":1.5,", RequestFeatures.HighTemperature | RequestFeatures.Temperature, "")]
    [TestCase("\"seed\":1,\"presence_penalty\":1,", RequestFeatures.Seed | RequestFeatures.Penalties, "")]
    [TestCase("\"logprobs\":true,\"prediction\":{},\"unheard_of\":1,", RequestFeatures.Logprobs | RequestFeatures.Prediction | RequestFeatures.OtherFields, "")]
    public void What_is_left_out_is_left_out(string fields, object dropped, string expected) =>
        Assert.That(Translated($"{{\"model\":\"x\",{fields}{Hi}}}", new() { Dropped = (RequestFeatures)dropped }), Is.EqualTo($"{{\"model\":\"m\",{Hi}{expected}}}"));

    [Test]
    public void A_temperature_that_the_model_refuses_is_not_said()
    {
        var model = new ModelDocument("mistral", []) { Unsupported = RequestFeatures.Temperature };
        Assert.That(Translated($"{{\"model\":\"x\",\"temperature\":1,{Hi}}}", new() { Model = model }), Is.EqualTo($"{{\"model\":\"m\",{Hi}}}"));
    }

    [Test]
    public void Of_files_only_PDF_is_taken()
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated(
            "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/zip;base64,AAAA\"}}]}]}"))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.UnsupportedFeature, "messages.content")));
    }

    private static string Translated(string chat, Translating? translating = null) => (translating ?? new()).Body(chat, OpenAiChatRequestReader.Read, ChatConversationReader.Read, MistralBodyWriter.Write);
}
