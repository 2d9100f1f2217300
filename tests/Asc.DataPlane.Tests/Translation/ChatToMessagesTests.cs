using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A chat completion's request in Anthropic's words (facts: 3.1), field by field.</summary>
[TestFixture]
internal sealed class ChatToMessagesTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private const string HiSaid = "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]";
    private const string F = "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}";
    private const string FSaid = "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}}]";

    // Messages.
    [TestCase("\"messages\":[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"system\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]," + HiSaid, TestName = "What stands before the conversation is the system's")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\"},{\"role\":\"system\",\"content\":\"be \\\"brief\\\"\"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"ho\"}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"<system>be \\\"brief\\\"</system>\"},{\"type\":\"text\",\"text\":\"go\"}]}]",
        TestName = "Instructions in the middle stay there")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\",\"name\":\"ana\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]", TestName = "Two turns of one role are one")]
    [TestCase("\"messages\":[{\"role\":\"assistant\",\"content\":\"welcome\"},{\"role\":\"user\",\"content\":\"hi\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"(The assistant begins.)\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"welcome\"}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]",
        TestName = "The user is first")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null},{\"role\":\"assistant\",\"content\":\"\"},{\"role\":\"assistant\"},{\"role\":\"user\",\"content\":[]},{\"role\":\"user\",\"content\":\"  \"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"text\",\"text\":\"go\"}]}]", TestName = "Nothing said is left out")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"refusal\",\"refusal\":\"b\"}],\"refusal\":\"c\"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"text\",\"text\":\"c\"}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"go\"}]}]",
        TestName = "A refusal is text")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\\/Rw==\",\"detail\":\"low\"}},{\"type\":\"image_url\",\"image_url\":\"data:image\\/JPEG;charset=x;base64,AAAA\"},{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,JVBE\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBO\\/Rw==\"}},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/jpeg\",\"data\":\"AAAA\"}},{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"JVBE\"},\"title\":\"a.pdf\"}]}]",
        TestName = "Pictures and files come along")]
    // Calls.
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\": \\\"\\u00e9\\\"}\"}},{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"one\"},{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"go\"}],\"tools\":[" + F + "]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"f\",\"input\":{\"a\": \"\\u00e9\"}},{\"type\":\"tool_use\",\"id\":\"call_2\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"call_1\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]},{\"type\":\"tool_result\",\"tool_use_id\":\"call_2\"},{\"type\":\"text\",\"text\":\"go\"}]}]," + FSaid,
        TestName = "What several tools answered is one turn, before the user's text")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call.1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"call.1\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"call_e8b7b7b3793f991dd79d37cb\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"call_e8b7b7b3793f991dd79d37cb\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]}]}],\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}}],\"tool_choice\":{\"type\":\"none\"}",
        TestName = "An id that Anthropic refuses becomes another, alike at both ends, and tools that were called are declared")]
    // Tools.
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\"}},{\"type\":\"function\",\"function\":{\"name\":\"g\",\"parameters\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"}},\"$defs\":{\"x\":{\"type\":\"string\"}}}}}]," + Hi,
        HiSaid + ",\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}},{\"name\":\"g\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"}},\"$defs\":{\"x\":{\"type\":\"string\"}}}}]",
        TestName = "A tool's arguments are an object's")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":{\"type\":\"object\",\"properties\":{\"minimum\":{\"type\":\"integer\",\"minimum\":1}},\"required\":[\"minimum\"]}}}]," + Hi,
        HiSaid + ",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"minimum\":{\"type\":\"integer\"}},\"required\":[\"minimum\"],\"additionalProperties\":false},\"strict\":true}]",
        TestName = "A strict tool's schema is within what Anthropic takes")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":{\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"],\"additionalProperties\":false}}}]," + Hi,
        HiSaid + ",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"],\"additionalProperties\":false},\"strict\":true}]",
        TestName = "Arguments are an object where a strict tool doesn't say so")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"object\",\"properties\":{}}}}}}]," + Hi,
        HiSaid + ",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"object\",\"properties\":{}}}}}]",
        TestName = "Arguments that are described elsewhere aren't closed")]
    [TestCase("\"tools\":[" + F + "],\"parallel_tool_calls\":false," + Hi, HiSaid + "," + FSaid + ",\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}", TestName = "One call at a time")]
    [TestCase("\"parallel_tool_calls\":false," + Hi, HiSaid, TestName = "One call at a time of no tools")]
    [TestCase("\"tools\":[" + F + "],\"tool_choice\":\"none\",\"parallel_tool_calls\":false," + Hi, HiSaid + "," + FSaid + ",\"tool_choice\":{\"type\":\"none\"}", TestName = "No call")]
    [TestCase("\"tools\":[" + F + "],\"tool_choice\":\"required\"," + Hi, HiSaid + "," + FSaid + ",\"tool_choice\":{\"type\":\"any\"}", TestName = "Some call")]
    [TestCase("\"tools\":[" + F + "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}," + Hi, HiSaid + "," + FSaid + ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\"}", TestName = "A certain call")]
    [TestCase("\"tools\":[" + F + ",{\"type\":\"function\",\"function\":{\"name\":\"g\"}}],\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}," + Hi,
        HiSaid + "," + FSaid + ",\"tool_choice\":{\"type\":\"any\"}", TestName = "Tools that are not allowed are not declared")]
    // Parameters.
    [TestCase("\"temperature\":0.50,\"top_p\":0.9,\"stop\":\"END\"," + Hi, HiSaid + ",\"temperature\":0.50,\"top_p\":0.9,\"stop_sequences\":[\"END\"]", TestName = "Sampling is copied")]
    [TestCase("\"temperature\":1,\"top_p\":1,\"stop\":null,\"n\":1,\"logprobs\":false,\"frequency_penalty\":0,\"store\":false,\"verbosity\":\"medium\"," + Hi, HiSaid, TestName = "Defaults are nobody's wish")]
    [TestCase("\"service_tier\":\"default\"," + Hi, HiSaid + ",\"service_tier\":\"standard_only\"", TestName = "The usual tier at Anthropic")]
    [TestCase("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"description\":\"d\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{\"b\":{}},\"additionalProperties\":false}},\"additionalProperties\":false}}}," + Hi,
        HiSaid + ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"description\":\"d\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{\"b\":{}},\"additionalProperties\":false}},\"additionalProperties\":false}}}", TestName = "What JSON is for is said by its schema")]
    [TestCase("\"user\":\"v\",\"safety_identifier\":\"u\"," + Hi, HiSaid + ",\"metadata\":{\"user_id\":\"0bfe935e70c321c7ca3afc75ce0d0ca2f98b5422e008bb31c00c6d7f1f1c0ad6\"}", TestName = "Who the user is stays here: that it is the same one is told")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,iVBORw0KGgo=\"}},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,\\/9j\\/\\n4AAQ\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/jpeg\",\"data\":\"/9j/4AAQ\"}}]}]",
        TestName = "A picture is what its bytes are, and in one line")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\",\"reasoning_content\":\"hm\",\"reasoning_signature\":\"1d576f47.2.s\"},{\"role\":\"user\",\"content\":\"so\"},{\"role\":\"assistant\",\"content\":\"ah\",\"reasoning_content\":\"what another model thought\"},{\"role\":\"user\",\"content\":\"so\"},{\"role\":\"assistant\",\"content\":\"ah\",\"reasoning_content\":\"what another Claude thought\",\"reasoning_signature\":\"00000000.27.s\"},{\"role\":\"user\",\"content\":\"go\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"ho\"}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"so\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"ah\"}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"so\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"ah\"}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"go\"}]}]",
        TestName = "Thoughts come back to Claude where they are known by a signature, and the text always")]
    [TestCase("\"stop\":[\"a\",\" \",\"b\",\"c\",\"d\",\"e\"]," + Hi, HiSaid + ",\"stop_sequences\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", TestName = "Any number of stops, but none of blanks")]
    [TestCase("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"minItems\":2,\"items\":{\"anyOf\":[{\"type\":\"object\",\"properties\":{}},{\"type\":\"string\",\"enum\":[\"minimum\"]}]}}},\"required\":[\"a\"]}}}," + Hi,
        HiSaid + ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false},{\"type\":\"string\",\"enum\":[\"minimum\"]}]}}},\"required\":[\"a\"],\"additionalProperties\":false}}}",
        TestName = "A schema is within what Anthropic takes")]
    public void A_field_is_said_in_Anthropics_words(string chat, string messages) =>
        Assert.That(Plain(Translated($"{{\"model\":\"x\",{chat}}}")), Is.EqualTo(Plain($"{{\"model\":\"m\",\"max_tokens\":4096,{messages}}}")));

    [TestCase(null, null, null, 4096)]
    [TestCase(null, null, 8000L, 8000)]
    [TestCase(null, 100L, 8000L, 100)]
    [TestCase(50L, 100L, 8000L, 50)]
    [TestCase(9000L, null, 8000L, 8000)]
    public void An_answer_is_bounded_always(long? asked, long? tenant, long? model, long expected)
    {
        var translated = JsonNode.Parse(Translated($"{{\"model\":\"x\",{Hi}}}", new() { Model = new("claude", []) { MaxOutputTokens = model }, MaxOutputTokens = asked ?? tenant }))!;
        Assert.That(translated["max_tokens"]!.GetValue<long>(), Is.EqualTo(expected));
    }

    [TestCase("low", false, "\"output_config\":{\"effort\":\"low\"},\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}")]
    [TestCase("max", false, "\"output_config\":{\"effort\":\"high\"},\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}")]
    [TestCase("minimal", false, "\"output_config\":{\"effort\":\"low\"},\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}")]
    [TestCase("medium", true, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":3072}")]
    public void A_model_thinks_as_much_as_it_can_be_told(string effort, bool byBudget, string expected)
    {
        var model = new ModelDocument("claude", []) { Reasoning = new(ReasoningEffort.Low | ReasoningEffort.Medium | ReasoningEffort.High, byBudget) };
        Assert.That(Translated($"{{\"model\":\"x\",\"reasoning_effort\":\"{effort}\",{Hi}}}", new() { Model = model }), Is.EqualTo($"{{\"model\":\"m\",\"max_tokens\":4096,{HiSaid},{expected}}}"));
    }

    [TestCase(ReasoningEffort.Low | ReasoningEffort.High, 500, "low", "adaptive")]
    [TestCase(ReasoningEffort.None | ReasoningEffort.High, 500, null, "disabled")]
    [TestCase(ReasoningEffort.None | ReasoningEffort.High, 2048, null, null)]
    [TestCase(ReasoningEffort.Unsaid, 500, null, null)]
    public void Where_nobody_says_how_much_a_short_answer_is_not_thought_away(ReasoningEffort efforts, int maxTokens, string? effort, string? thinking)
    {
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":{maxTokens},{Hi}}}", new() { Model = new("claude", []) { Reasoning = new(efforts) } }))!;
        Assert.That((said["output_config"]?["effort"]!.GetValue<string>(), said["thinking"]?["type"]!.GetValue<string>()), Is.EqualTo((effort, thinking)));
    }

    [TestCase(ReasoningEffort.Low | ReasoningEffort.High, true, true)]
    [TestCase(ReasoningEffort.Low | ReasoningEffort.High, false, false)]
    [TestCase(ReasoningEffort.None | ReasoningEffort.High, true, false)]
    public void What_a_model_that_always_thinks_says_between_calls_is_shown(ReasoningEffort efforts, bool hasTools, bool shown)
    {
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",{(hasTools ? $"\"tools\":[{F}]," : "")}{Hi}}}", new() { Model = new("claude", []) { Reasoning = new(efforts) } }))!;
        Assert.That(said["thinking"]?.ToJsonString(), Is.EqualTo(shown ? "{\"type\":\"adaptive\",\"display\":\"summarized\"}" : null));
    }

    [Test]
    public void Who_samples_is_not_told_to_think_a_little()
    {
        var model = new ModelDocument("claude", []) { Reasoning = new(ReasoningEffort.Low | ReasoningEffort.High) };
        var said = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":500,\"temperature\":0.5,\"tools\":[{F}],{Hi}}}", new() { Model = model }))!;
        Assert.That((said["thinking"], said["output_config"]), Is.EqualTo((default(JsonNode), default(JsonNode))));
    }

    [TestCase("minimal", "low")]
    [TestCase("medium", "low")]
    [TestCase("xhigh", "high")]
    public void Who_is_to_think_is_not_told_not_to(string effort, string said) =>
        Assert.That(
            JsonNode.Parse(Translated($"{{\"model\":\"x\",\"reasoning_effort\":\"{effort}\",{Hi}}}", new() { Model = new("claude", []) { Reasoning = new(ReasoningEffort.None | ReasoningEffort.Low | ReasoningEffort.High) } }))!["output_config"]!["effort"]!.GetValue<string>(),
            Is.EqualTo(said));

    [TestCase(ReasoningEffort.Low | ReasoningEffort.High, true, "")]
    [TestCase(ReasoningEffort.Low | ReasoningEffort.High, false, ",\"output_config\":{\"effort\":\"low\"},\"thinking\":{\"type\":\"adaptive\"}")]
    [TestCase(ReasoningEffort.None | ReasoningEffort.High, false, ",\"thinking\":{\"type\":\"disabled\"}")]
    public void Who_is_not_to_think_thinks_as_little_as_it_can(ReasoningEffort efforts, bool byBudget, string expected) =>
        Assert.That(Translated($"{{\"model\":\"x\",\"reasoning_effort\":\"none\",{Hi}}}", new() { Model = new("claude", []) { Reasoning = new(efforts, byBudget) } }), Is.EqualTo($"{{\"model\":\"m\",\"max_tokens\":4096,{HiSaid}{expected}}}"));

    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/zip;base64,UEsD\"}}]}]", "messages.content")]
    [TestCase("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/svg+xml;base64,PHN2\"}}]}]", "messages.content")]
    public void What_Claude_would_refuse_is_refused_here(string chat, string parameter)
    {
        var model = new ModelDocument("claude", []) { Reasoning = new(ReasoningEffort.High, ByBudget: true) };
        var error = Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",{chat}}}", new() { Model = model }))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.UnsupportedFeature, parameter)));
    }

    [Test]
    public void Who_may_say_little_is_not_told_to_think_beyond_it()
    {
        var translated = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":500,\"reasoning_effort\":\"high\",{Hi}}}", new() { Model = new("claude", []) { Reasoning = new(ReasoningEffort.High, ByBudget: true) } }))!;
        Assert.That((translated["max_tokens"]!.GetValue<int>(), translated["thinking"]), Is.EqualTo((500, (JsonNode?)null)), "a budget has 1024 tokens at least, and is less than max_tokens");
    }

    [TestCase(ReasoningEffort.Low | ReasoningEffort.High, true, "any", null)]
    [TestCase(ReasoningEffort.None | ReasoningEffort.High, false, "any", "disabled")]
    [TestCase(ReasoningEffort.Low | ReasoningEffort.High, false, "auto", "adaptive")]
    public void Who_is_forced_to_a_tool_does_not_think_or_may_call(ReasoningEffort efforts, bool byBudget, string choice, string? thinking)
    {
        var body = JsonNode.Parse(Translated($"{{\"model\":\"x\",\"reasoning_effort\":\"high\",\"tool_choice\":\"required\",\"tools\":[{F}],{Hi}}}", new() { Model = new("claude", []) { Reasoning = new(efforts, byBudget) }, Dropped = RequestFeatures.ForcedToolsWithReasoning }))!;
        Assert.That((body["tool_choice"]!["type"]!.GetValue<string>(), body["thinking"]?["type"]!.GetValue<string>()), Is.EqualTo((choice, thinking)));
    }

    [TestCase("\"temperature\":\"0.5\"", "temperature")]
    [TestCase("\"stop\":\"x\",\"parallel_tool_calls\":\"true\"", "parallel_tool_calls")]
    [TestCase("\"tools\":[],\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}", "tool_choice.allowed_tools.tools")]
    public void A_field_that_is_not_what_it_must_be_is_told(string field, string parameter)
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",{field},{Hi}}}"))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.InvalidRequest, parameter)));
    }

    [Test]
    public void Nothing_said_is_refused_and_not_made_up() =>
        Assert.That(Assert.Throws<UntranslatableException>(() => Translated("{\"model\":\"x\",\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}"))!.Error.Parameter, Is.EqualTo("messages"));

    [Test]
    public void Arguments_that_are_deeper_than_a_body_may_be_are_the_ones_that_were_said()
    {
        var deep = $"{{\"a\":{new string('[', 100)}{new string(']', 100)}}}";

        Assert.That(
            Translated($"{{\"model\":\"x\",\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}},{{\"role\":\"assistant\",\"tool_calls\":[{{\"id\":\"1\",\"type\":\"function\",\"function\":{{\"name\":\"f\",\"arguments\":\"{deep.Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}}}]}},{{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"no\"}}]}}"),
            Does.Contain("\"input\":" + deep));
    }

    [Test]
    public void A_call_that_was_cut_off_is_told_as_one_without_arguments() => Assert.That(
        Plain(Translated("{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"city\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"no\"}]}")),
        Does.Contain("\"name\":\"f\",\"input\":{}"));

    [TestCase("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}")]
    [TestCase("{\"type\":\"object\",\"additionalProperties\":true}")]
    [TestCase("{\"type\":\"object\",\"properties\":{\"meta\":{\"type\":\"object\"}}}")]
    public void A_schema_that_leaves_names_open_is_refused_and_not_closed(string schema) =>
        Assert.That(Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",\"response_format\":{{\"type\":\"json_schema\",\"json_schema\":{{\"name\":\"n\",\"schema\":{schema}}}}},{Hi}}}"))!.Error.Code, Is.EqualTo(ErrorCode.UnsupportedFeature));

    [Test]
    public void A_long_word_is_not_told_in_full() =>
        Assert.That(Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",\"messages\":[{{\"role\":\"{new string('x', 5000)}\",\"content\":\"x\"}}]}}"))!.Message, Has.Length.LessThan(200));

    [TestCase("\"temperature\":1.5,\"seed\":1," + Hi, RequestFeatures.HighTemperature | RequestFeatures.Seed, HiSaid + ",\"temperature\":1")]
    [TestCase("\"temperature\":0.5,\"stop\":\"x\"," + Hi, RequestFeatures.Temperature | RequestFeatures.StopSequences, HiSaid)]
    [TestCase("\"response_format\":{\"type\":\"json_object\"}," + Hi, RequestFeatures.JsonObject, "\"system\":[{\"type\":\"text\",\"text\":\"Answer with one JSON object and nothing else.\"}]," + HiSaid)]
    [TestCase("\"tools\":[" + F + "],\"tool_choice\":\"required\"," + Hi, RequestFeatures.ForcedTools, HiSaid + "," + FSaid + ",\"tool_choice\":{\"type\":\"auto\"}")]
    [TestCase("\"reasoning_effort\":\"high\"," + Hi, RequestFeatures.Reasoning, HiSaid)]
    public void What_is_left_out_is_left_out(string chat, RequestFeatures dropped, string messages) =>
        Assert.That(Translated($"{{\"model\":\"x\",{chat}}}", new() { Dropped = dropped }), Is.EqualTo($"{{\"model\":\"m\",\"max_tokens\":4096,{messages}}}"));

    [TestCase("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png,raw\"}}]}", "messages[0].content[0].image_url.url")]
    [TestCase("{\"role\":\"user\",\"content\":[{\"text\":\"no type\"}]}", "messages[0].content[0].type")]
    [TestCase("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":1}]}", "messages[0].content[0].text")]
    [TestCase("{\"role\":\"narrator\",\"content\":\"x\"}", "messages[0].role")]
    [TestCase("{\"content\":\"x\"}", "messages[0].role")]
    [TestCase("{\"role\":\"tool\",\"content\":\"x\"}", "messages[0].tool_call_id")]
    [TestCase("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"[1]\"}}]}", "messages[0].tool_calls[0].function.arguments")]
    [TestCase("{\"role\":\"assistant\",\"tool_calls\":{}}", "messages[0].tool_calls")]
    public void What_is_no_message_is_told_with_its_place(string message, string parameter)
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated($"{{\"model\":\"x\",\"messages\":[{message}]}}"))!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.InvalidRequest, parameter)));
        Assert.That(error.Message, Does.Contain(parameter));
    }

    [Test]
    public void Calls_that_are_counted_anew_in_each_answer_are_told_apart()
    {
        const string turn = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"b\"},{\"role\":\"tool\",\"tool_call_id\":\"0\",\"content\":\"a\"}";
        var body = $"{{\"model\":\"x\",\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}},{turn},{turn},{turn}]}}";
        var messages = JsonNode.Parse(Translated(body))!["messages"]!.AsArray();
        var calls = Ids(1, "id").Concat(Ids(3, "id")).Concat(Ids(5, "id")).ToArray();
        Assert.That((calls.Distinct().Count(), calls[0], calls[1]), Is.EqualTo((6, "0", "1")));
        Assert.That(new[] { 2, 4, 6 }.SelectMany(place => Ids(place, "tool_use_id").Order(StringComparer.Ordinal)), Is.EqualTo(new[] { 1, 3, 5 }.SelectMany(place => Ids(place, "id").Order(StringComparer.Ordinal))));
        Assert.That(Translated(body), Is.EqualTo(Translated(body)), "its cache would be lost");

        IEnumerable<string> Ids(int place, string name) => messages[place]!["content"]!.AsArray().Select(block => block![name]!.GetValue<string>());
    }

    [TestCase(21_333L, false)]
    [TestCase(21_334L, true)]
    public void A_long_answer_is_streamed_whoever_asks(long maximum, bool streamed) => Assert.That(
        JsonNode.Parse(Translated($"{{\"model\":\"x\",\"max_tokens\":{maximum},{Hi}}}"))!["stream"]?.GetValue<bool>() ?? false, Is.EqualTo(streamed));

    [TestCase("Good \\n", "Good")]
    [TestCase("Good", "Good")]
    [TestCase("\\u00a0a\\t\\u2003", "\u00a0a")]
    public void An_answer_is_not_begun_with_blanks_at_its_end(string begun, string sent) => Assert.That(
        JsonNode.Parse(Translated($"{{\"model\":\"x\",\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}},{{\"role\":\"assistant\",\"content\":\"{begun}\"}}]}}"))!["messages"]![1]!["content"]![0]!["text"]!.GetValue<string>(), Is.EqualTo(sent));

    private static string Plain(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string Translated(string chat, Translating? translating = null) => (translating ?? new()).Body(chat, OpenAiChatRequestReader.Read, ChatConversationReader.Read, MessagesBodyWriter.Write);
}
