using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Anthropic;

/// <summary>What is wrong with blocks of content.</summary>
public sealed class ContentTests : AnthropicTest
{
    [TestCase("""{"text":"hi"}""", "messages.0.content.0.type: Field required")]
    [TestCase("""{"type":"image_url","image_url":{"url":"x"}}""", "messages.0.content.0: Input tag 'image_url' found using 'type'")]
    [TestCase("""{"type":"text"}""", "messages.0.content.0.text.text: Field required")]
    [TestCase("""{"type":"text","text":""}""", "messages: text content blocks must be non-empty")]
    [TestCase("""{"type":"text","text":" \n"}""", "messages: text content blocks must contain non-whitespace text")]
    [TestCase("""{"type":"text","text":"a","detail":"x"}""", "messages.0.content.0.text.detail: Extra inputs are not permitted")]
    [TestCase("""{"type":"image","source":{"type":"base64","media_type":"image/svg+xml","data":"AA=="}}""", "messages.0.content.0.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'")]
    [TestCase("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"not base64"}}""", "messages.0.content.0.image.source.base64: invalid base64 data")]
    [TestCase("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO\nRw0KGgo="}}""", "invalid base64 data")]
    [TestCase("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"data:image/png;base64,iVBORw0KGgo="}}""", "invalid base64 data")]
    [TestCase("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":""}}""", "invalid base64 data")]
    [TestCase("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"/9j/4AAQ"}}""", "messages.0.content.0.image.source.base64: The image was specified using the image/png media type, but the image appears to be a image/jpeg image")]
    [TestCase("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAAAAAA"}}""", "Could not process image")]
    [TestCase("""{"type":"image","source":{"type":"url","url":"http://example.com/a.png"}}""", "messages.0.content.0.image.source.url.url: Only HTTPS URLs are supported.")]
    [TestCase("""{"type":"image"}""", "messages.0.content.0.image.source: Field required")]
    [TestCase("""{"type":"document","source":{"type":"base64","media_type":"text/plain","data":"AA=="}}""", "messages.0.content.0.document.source.base64.media_type: Input should be 'application/pdf'")]
    [TestCase("""{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"}}""", "The PDF specified was not valid.")]
    [TestCase("""{"type":"document","source":{"type":"text","media_type":"text/plain","data":""}}""", "messages.0.content.0.document.source.text.data: String should have at least 1 character")]
    [TestCase("""{"type":"document","source":{"type":"content","content":[{"type":"document"}]}}""", "messages.0.content.0.document.source.content.content.0: Input tag 'document' found using 'type'")]
    [TestCase("""{"type":"search_result","source":"s","title":"t","content":[{"type":"image"}]}""", "messages.0.content.0.search_result.content.0: Input tag 'image' found using 'type'")]
    [TestCase("""{"type":"tool_use","id":"a","name":"t","input":{}}""", "messages.0.content.0: `tool_use` blocks can only be in `assistant` messages")]
    [TestCase("""{"type":"thinking","thinking":"t","signature":"s"}""", "messages.0.content.0: `thinking` blocks can only be in `assistant` messages")]
    [TestCase("""{"type":"tool_result","tool_use_id":"call.1"}""", "messages.0.content.0.tool_result.tool_use_id: String should match pattern '^[a-zA-Z0-9_-]+$'")]
    public async Task A_bad_block_of_a_user_is_refused(string block, string message) =>
        await AssertRefusedAsync(Converse(Older, $$"""[{"role":"user","content":[{{block}}]}]"""), message);

    [TestCase("""{"type":"tool_use","id":"a b","name":"t","input":{}}""", "messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'")]
    [TestCase("""{"type":"tool_use","id":"a","name":"t","input":"{}"}""", "messages.1.content.0.tool_use.input: Input should be a valid dictionary")]
    [TestCase("""{"type":"tool_use","id":"a","name":"t"}""", "messages.1.content.0.tool_use.input: Field required")]
    [TestCase("""{"type":"tool_result","tool_use_id":"a"}""", "messages.1.content.0: `tool_result` blocks can only be in `user` messages")]
    [TestCase("""{"type":"thinking","thinking":"t","signature":"s","cache_control":{"type":"ephemeral"}}""", "messages.1.content.0.thinking.cache_control: Extra inputs are not permitted")]
    [TestCase("""{"type":"thinking","thinking":"t"}""", "messages.1.content.0.thinking.signature: Field required")]
    public async Task A_bad_block_of_the_assistant_is_refused(string block, string message) =>
        await AssertRefusedAsync(Converse(Older, $$"""[{"role":"user","content":"hi"},{"role":"assistant","content":[{{block}}]},{"role":"user","content":"hi"}]"""), message);

    [Test]
    public async Task Media_are_taken_where_they_are_what_they_say()
    {
        var answer = await SaidAsync(Converse(Older, """
            [{"role":"user","content":[
              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
              {"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/4AAQ"}},
              {"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},
              {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0xLjQK"},"title":"t"},
              {"type":"document","source":{"type":"text","media_type":"text/plain","data":"plain"}},
              {"type":"text","text":"What is it?"}]}]
            """));

        Assert.That(Text(answer), Does.StartWith("You said: What is it?."));
    }

    [Test]
    public async Task The_second_version_has_no_documents_said_by_the_assistant()
    {
        var request = Converse(Older, """
            [{"role":"user","content":"hi"},
             {"role":"assistant","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"d"}},{"type":"text","text":"a"}]},
             {"role":"user","content":"hi"}]
            """);

        await AssertRefusedAsync(request, "messages.1.content.0: `document` blocks are not permitted in `assistant` messages", SecondVersion);
        await SaidAsync(request, FirstVersion);
    }

    [TestCase("""{"type":"text","text":"a","citations":[{"type":"char_location"}]}""")]
    [TestCase("""{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"a","citations":[{"type":"char_location"}]}]}""")]
    public async Task The_second_version_has_no_citations_made_by_the_user(string block)
    {
        var request = Converse(Older, """[{"role":"user","content":[""" + block + """,{"type":"text","text":"hi","citations":[]}]}]""");

        await AssertRefusedAsync(request, "messages.0.content.0: non-empty `citations` are not permitted in `user` messages", SecondVersion);
        await SaidAsync(request, FirstVersion);
    }

    [Test]
    public async Task All_documents_are_cited_or_none_and_none_in_a_structured_answer()
    {
        const string cited = """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"d"},"citations":{"enabled":true}}""";
        const string plain = """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"d"}}""";
        var format = """{"format":{"type":"json_schema","schema":{"type":"object","properties":{},"additionalProperties":false}}}""";

        await AssertRefusedAsync(Converse(Older, $$"""[{"role":"user","content":[{{cited}},{{plain}}]}]"""), "Citations must be enabled on all or none");
        await AssertRefusedAsync(Converse(Older, $$"""[{"role":"user","content":[{{cited}}]}]""", ("output_config", format)), "Citations cannot be used with");
        await SaidAsync(Converse(Older, $$"""[{"role":"user","content":[{{cited}},{{cited}}]}]"""));
    }

    [Test]
    public async Task At_most_four_breakpoints_are_taken_and_long_ones_before_short_ones()
    {
        const string marked = """{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}""";
        const string longer = """{"type":"text","text":"a","cache_control":{"type":"ephemeral","ttl":"1h"}}""";
        var four = Converse(Older, $$"""[{"role":"user","content":[{{marked}},{{marked}},{{marked}},{{marked}}]}]""");
        var five = (JsonObject)four.DeepClone();
        five["cache_control"] = JsonNode.Parse("""{"type":"ephemeral"}""");

        await SaidAsync(four);
        await AssertRefusedAsync(five, "A maximum of 4 blocks with cache_control may be provided. Found 5.");
        await AssertRefusedAsync(
            Converse(Older, $$"""[{"role":"user","content":[{{marked}},{{longer}}]}]"""), "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block");
    }
}
