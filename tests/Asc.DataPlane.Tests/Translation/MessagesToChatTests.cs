using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A message request in OpenAI's words (facts: 3.4), field by field.</summary>
[TestFixture]
internal sealed class MessagesToChatTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private const string F = "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]";
    private const string FSaid = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]";

    // Messages.
    [TestCase("\"system\":\"a\"," + Hi, "\"messages\":[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "A system text is the first message")]
    [TestCase("\"system\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"b\"}]," + Hi,
        "\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "System blocks are parts of one message")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"assistant\",\"content\":\"ho\"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"assistant\",\"content\":\"ho\"},{\"role\":\"user\",\"content\":\"go\"}]", TestName = "Instructions in the middle are a message there")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBO\"}},{\"type\":\"document\",\"title\":\"t\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"JVBE\"}},{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"plain\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}},{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,JVBE\",\"filename\":\"t\"}},{\"type\":\"text\",\"text\":\"plain\"}]}]",
        TestName = "Pictures and documents come along")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\"},{\"role\":\"assistant\",\"content\":[]},{\"role\":\"system\",\"content\":[]},{\"role\":\"user\",\"content\":null},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"go\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"text\",\"text\":\"go\"}]}]", TestName = "Nothing said of a message is left out")]
    // Calls.
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"redacted_thinking\",\"data\":\"d\"},{\"type\":\"text\",\"text\":\"ho\"},{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{\"a\": \"\\u00e9\"}},{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"<reminder>\"},{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"one\"},{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_2\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\",\"tool_calls\":[{\"id\":\"toolu_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": \\\"\\\\u00e9\\\"}\"}},{\"id\":\"toolu_2\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"toolu_1\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"toolu_2\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"<reminder>\"}]",
        TestName = "What tools answered stands right behind the calls, and thoughts stay at home")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"is_error\":true,\"content\":[{\"type\":\"text\",\"text\":\"no\"},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBO\"}}]}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"Error:\"},{\"type\":\"text\",\"text\":\"no\"}]},{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}}]}]",
        TestName = "A tool's failure is told in words, and its pictures follow")]
    // Tools.
    [TestCase(F + "," + Hi, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + FSaid, TestName = "A tool")]
    [TestCase(F + ",\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}," + Hi, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + FSaid + ",\"tool_choice\":\"auto\",\"parallel_tool_calls\":false", TestName = "One call at a time")]
    [TestCase("\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}," + Hi, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "One call at a time of no tools")]
    [TestCase(F + ",\"tool_choice\":{\"type\":\"any\"}," + Hi, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + FSaid + ",\"tool_choice\":\"required\"", TestName = "Some call")]
    [TestCase(F + ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\"}," + Hi, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + FSaid + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", TestName = "A certain call")]
    [TestCase(F + ",\"tool_choice\":{\"type\":\"none\"}," + Hi, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + FSaid + ",\"tool_choice\":\"none\"", TestName = "No call")]
    // Parameters.
    [TestCase("\"temperature\":null,\"top_p\":null,\"top_k\":null,\"stop_sequences\":null,\"system\":null,\"tools\":null,\"tool_choice\":null,\"thinking\":null,\"output_config\":null,\"metadata\":null,\"stream\":null," + Hi,
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", TestName = "Null is absent")]
    [TestCase("\"temperature\":0.50,\"top_p\":0.9,\"stop_sequences\":[\"END\"],\"metadata\":{\"user_id\":\"u\"},\"service_tier\":\"auto\"," + Hi,
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":0.50,\"top_p\":0.9,\"stop\":[\"END\"],\"user\":\"0bfe935e70c321c7ca3afc75ce0d0ca2f98b5422e008bb31c00c6d7f1f1c0ad6\"", TestName = "Sampling is copied, and who the user is stays here: that it is the same one is told")]
    [TestCase("\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false}}}," + Hi,
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"response\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false},\"strict\":true}}",
        TestName = "A schema that can be strict is")]
    [TestCase("\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":false}}}," + Hi,
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"response\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":false},\"strict\":false}}",
        TestName = "A schema with what may be absent is not strict")]
    [TestCase("\"stream\":true," + Hi, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,\"stream_options\":{\"include_usage\":true}", TestName = "A stream tells its usage")]
    public void A_field_is_said_in_OpenAIs_words(string messages, string chat)
    {
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":99,{messages}}}"))!.AsObject();
        Assert.That(said.Remove("max_completion_tokens", out var bound) ? bound!.GetValue<long>() : 0, Is.EqualTo(99));
        Assert.That(said.ToJsonString(), Is.EqualTo(JsonNode.Parse($"{{\"model\":\"m\",{chat}}}")!.ToJsonString()));
    }

    [TestCase("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}", "low")]
    [TestCase("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8000}", "medium")]
    [TestCase("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":32000}", "high")]
    [TestCase("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"max\"}", "high")]
    [TestCase("\"output_config\":{\"effort\":\"medium\"}", "medium")]
    [TestCase("\"thinking\":{\"type\":\"adaptive\"}", "high")]
    [TestCase("\"thinking\":{\"type\":\"enabled\"}", "low")]
    [TestCase("\"top_k\":null", null)]
    [TestCase("\"thinking\":{\"type\":\"disabled\"}", "low")]
    public void A_model_thinks_as_much_as_it_can_be_told(string thinking, string? effort)
    {
        var model = new ModelDocument("gpt", []) { Reasoning = new(ReasoningEffort.Low | ReasoningEffort.Medium | ReasoningEffort.High) };
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":4096,{thinking},{Hi}}}", new() { Model = model }))!;
        Assert.That(said["reasoning_effort"]?.GetValue<string>(), Is.EqualTo(effort));
    }

    [TestCase("", "low")]
    [TestCase("\"thinking\":{\"type\":\"adaptive\"},", "low")]
    [TestCase("\"output_config\":{\"effort\":\"high\"},", "high")]
    public void Where_nobody_says_how_much_a_short_answer_is_not_thought_away(string thinking, string effort)
    {
        var model = new ModelDocument("gpt", []) { Reasoning = new(ReasoningEffort.Low | ReasoningEffort.High) };
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":256,{thinking}{Hi}}}", new() { Model = model }))!;
        Assert.That(said["reasoning_effort"]?.GetValue<string>(), Is.EqualTo(effort));
    }

    [TestCase(RequestFeatures.SamplingWithReasoning, null)]
    [TestCase(RequestFeatures.None, "high")]
    public void Who_samples_only_unthinking_is_not_told_to_think_as_it_likes(RequestFeatures unsupported, string? effort)
    {
        var model = new ModelDocument("gpt", []) { Reasoning = new(ReasoningEffort.None | ReasoningEffort.High), Unsupported = unsupported };
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":4096,\"temperature\":0.5,\"thinking\":{{\"type\":\"adaptive\"}},{Hi}}}", new() { Model = model }))!;
        Assert.That((said["reasoning_effort"]?.GetValue<string>(), said["temperature"]!.GetValue<double>()), Is.EqualTo((effort, 0.5)));
    }

    [Test]
    public void A_model_that_can_be_told_not_to_think_is_told()
    {
        var model = new ModelDocument("gpt", []) { Reasoning = new(ReasoningEffort.None | ReasoningEffort.Low) };
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":99,\"thinking\":{{\"type\":\"disabled\"}},{Hi}}}", new() { Model = model }))!;
        Assert.That(said["reasoning_effort"]!.GetValue<string>(), Is.EqualTo("none"));
    }

    [TestCase("\"stop_sequences\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", RequestFeatures.ManyStopSequences, "\"stop\":[\"a\",\"b\",\"c\",\"d\"]")]
    [TestCase("\"top_k\":5,\"temperature\":0.5", RequestFeatures.TopK | RequestFeatures.Temperature, "")]
    [TestCase("\"context_management\":{}", RequestFeatures.OtherFields, "")]
    public void What_is_left_out_is_left_out(string field, RequestFeatures dropped, string expected)
    {
        var said = Translated($"{{\"model\":\"x\",\"max_tokens\":99,{field},{Hi}}}", new() { Dropped = dropped });
        Assert.That(said, Is.EqualTo($"{{\"model\":\"m\",{Hi},\"max_completion_tokens\":99{(expected.Length > 0 ? "," : "")}{expected}}}"));
    }

    [Test]
    public void A_schema_of_many_names_is_read_in_time_that_grows_with_them()
    {
        var names = Enumerable.Range(0, 50_000).Select(n => $"p{n}").ToArray();
        var schema = $"{{\"type\":\"object\",\"properties\":{{{string.Join(',', names.Select(name => $"\"{name}\":{{}}"))}}},\"required\":[{string.Join(',', names.Reverse().Select(name => $"\"{name}\""))}],\"additionalProperties\":false}}";
        var took = System.Diagnostics.Stopwatch.StartNew();
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":9,\"output_config\":{{\"format\":{{\"type\":\"json_schema\",\"schema\":{schema}}}}},{Hi}}}"))!;
        Assert.That((said["response_format"]!["json_schema"]!["strict"]!.GetValue<bool>(), took.Elapsed < TimeSpan.FromSeconds(20)), Is.EqualTo((true, true)));
    }

    [TestCase("{\"type\":\"object\",\"properties\":{\"oneOf\":{\"type\":\"string\"}},\"required\":[\"oneOf\"],\"additionalProperties\":false}", true, TestName = "A property is no keyword")]
    [TestCase("{\"type\":\"object\",\"properties\":{\"a\":{\"oneOf\":[{\"type\":\"string\"}]}},\"required\":[\"a\"],\"additionalProperties\":false}", false, TestName = "One of several")]
    [TestCase("{\"type\":\"object\",\"properties\":{\"a\":{\"anyOf\":[{\"type\":\"string\"},{\"allOf\":[]}]}},\"required\":[\"a\"],\"additionalProperties\":false}", false, TestName = "All of several, deeper")]
    [TestCase("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", false, TestName = "No object")]
    [TestCase("{\"type\":\"object\",\"anyOf\":[],\"properties\":{},\"additionalProperties\":false}", false, TestName = "One of several as a whole")]
    [TestCase("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"object\",\"null\"],\"properties\":{\"b\":{}}}},\"required\":[\"a\"],\"additionalProperties\":false}", false, TestName = "An open object that may be null")]
    [TestCase("{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\",\"description\":\"d\"}},\"required\":[\"a\"],\"additionalProperties\":false,\"$defs\":{\"x\":{\"type\":\"string\"}}}", false, TestName = "A reference with words beside it")]
    [TestCase("{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"}},\"required\":[\"a\"],\"additionalProperties\":false,\"$defs\":{\"x\":{\"type\":\"string\"}}}", true, TestName = "A reference")]
    public void A_schema_is_strict_where_OpenAI_takes_it_as_such(string schema, bool isStrict)
    {
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":9,\"output_config\":{{\"format\":{{\"type\":\"json_schema\",\"schema\":{schema}}}}},{Hi}}}"))!;
        Assert.That(said["response_format"]!["json_schema"]!["strict"]!.GetValue<bool>(), Is.EqualTo(isStrict));
    }

    [TestCase(RequestFeatures.TopPWithTemperature, true, TestName = "A model that takes either is told one")]
    [TestCase(RequestFeatures.None, true, TestName = "A model that takes both is told both")]
    [TestCase(RequestFeatures.Temperature, false, TestName = "A model that takes no temperature isn't told one")]
    public void Who_has_defaults_of_its_own_is_told_what_others_do_unasked(RequestFeatures unsupported, bool says)
    {
        var model = new ModelDocument("x", []) { Unsupported = unsupported };
        var said = JsonNode.Parse(new Translating { Model = model }.Body(
            $"{{\"model\":\"x\",\"max_tokens\":9,\"temperature\":1,\"top_p\":1.0,{Hi}}}", MessagesRequestReader.Read, MessagesConversationReader.Read,
            static (writer, said, in target) => ChatBodyWriter.Write(writer, said, target, "max_tokens", hasOwnDefaults: true)))!;
        Assert.That((said["temperature"] is not null, said["top_p"] is not null), Is.EqualTo((says, unsupported != RequestFeatures.TopPWithTemperature)));
    }

    [Test]
    public void What_the_assistant_showed_is_refused_and_not_forgotten()
    {
        const string document = "{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"JVBE\"}}";
        var error = Assert.Throws<UntranslatableException>(() => Translated(
            $"{{\"model\":\"x\",\"max_tokens\":9,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}},{{\"role\":\"assistant\",\"content\":[{document}]}},{{\"role\":\"user\",\"content\":\"go\"}}]}}"))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.UnsupportedFeature, "messages")));
    }

    [Test]
    public void A_document_counts_as_one_wherever_its_type_stands()
    {
        long TokensOf(string block)
        {
            var body = System.Text.Encoding.UTF8.GetBytes($"{{\"model\":\"x\",\"max_tokens\":9,\"messages\":[{{\"role\":\"user\",\"content\":[{block}]}}]}}");
            Assert.That(MessagesRequestReader.Read(body, out var request), Is.Null);
            return request.Attachments.Tokens;
        }

        var source = $"\"source\":{{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"{new string('A', 400_000)}\"}}";
        Assert.That((TokensOf($"{{{source},\"type\":\"document\"}}"), TokensOf($"{{\"type\":\"document\",{source}}}")), Is.EqualTo((100_000, 100_000)));
        Assert.That(TokensOf($"{{{source},\"type\":\"image\"}}"), Is.EqualTo(5000));
    }

    [Test]
    public void Filling_a_cache_is_Anthropics_own()
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",\"max_tokens\":0,{Hi}}}"))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.UnsupportedFeature, "max_tokens")));
    }

    [TestCase("{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"AA\"}}]}", "messages[0].content[0].source.media_type")]
    [TestCase("{\"role\":\"user\",\"content\":[{\"text\":\"no type\"}]}", "messages[0].content[0].type")]
    [TestCase("{\"role\":\"narrator\",\"content\":\"x\"}", "messages[0].role")]
    [TestCase("{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\"}]}", "messages[0].content[0].tool_use_id")]
    [TestCase("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\",\"input\":[]}]}", "messages[0].content[0].input")]
    public void What_is_no_message_is_told_with_its_place(string message, string parameter)
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",\"max_tokens\":9,\"messages\":[{message}]}}"))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.InvalidRequest, parameter)));
    }

    private static string Translated(string messages, Translating? translating = null) =>
        (translating ?? new()).Body(messages, MessagesRequestReader.Read, MessagesConversationReader.Read, ChatBodyWriter.Write);
}
