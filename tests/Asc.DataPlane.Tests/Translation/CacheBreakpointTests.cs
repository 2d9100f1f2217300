using System.Text.Json.Nodes;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Where a prompt's cached parts end, in another protocol's words (facts: 3.1, 3.4).</summary>
[TestFixture]
internal sealed class CacheBreakpointTests
{
    private const string Conversation = """
        {"model":"x","max_tokens":9,
         "system":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}],
         "messages":[{"role":"user","content":[{"type":"text","text":"c","cache_control":{"type":"ephemeral","ttl":"1h"}}]},
          {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"d","cache_control":{"type":"ephemeral"}}]}]}
        """;

    private static readonly ModelDocument Caching = new("model", []) { CacheBreakpoints = true };

    [TestCase(true, "a, c, d")]
    [TestCase(false, "")]
    public void OpenAI_is_told_of_them_where_its_model_takes_any(bool takes, string marked)
    {
        var translating = new Translating { Model = takes ? Caching : new("model", []) };
        var chat = translating.Body(Conversation, MessagesRequestReader.Read, MessagesConversationReader.Read, ChatBodyWriter.Write);
        var response = translating.Body(Conversation, MessagesRequestReader.Read, MessagesConversationReader.Read, ResponsesBodyWriter.Write);
        Assert.That((Marked(chat, "prompt_cache_breakpoint"), Marked(response, "prompt_cache_breakpoint")), Is.EqualTo((marked, marked)));
    }

    [Test]
    public void Mistral_is_told_of_none() =>
        Assert.That(new Translating { Model = Caching }.Body(Conversation, MessagesRequestReader.Read, MessagesConversationReader.Read, MistralBodyWriter.Write), Does.Not.Contain("cache"));

    [Test]
    public void Anthropic_is_told_of_the_last_four() => Assert.That(
        Marked(new Translating { Model = Caching }.Body(Chat, OpenAiChatRequestReader.Read, ChatConversationReader.Read, MessagesBodyWriter.Write), "cache_control"), Is.EqualTo("b, c, d, e"));

    [Test]
    public void Responses_say_them_as_chat_completions_do() => Assert.That(
        Marked(new Translating { Model = Caching }.Body(Chat, OpenAiChatRequestReader.Read, ChatConversationReader.Read, ResponsesBodyWriter.Write), "prompt_cache_breakpoint"), Is.EqualTo("a, b, c, d, e"));

    private static string Chat
    {
        get
        {
            static string Text(string text) => $"{{\"type\":\"text\",\"text\":\"{text}\",\"prompt_cache_breakpoint\":{{\"mode\":\"explicit\"}}}}";
            return $"{{\"model\":\"x\",\"messages\":[{{\"role\":\"system\",\"content\":[{Text("a")},{Text("b")}]}},{{\"role\":\"user\",\"content\":[{Text("c")}]}},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                + $"{{\"role\":\"tool\",\"tool_call_id\":\"t\",\"content\":[{Text("d")}]}},{{\"role\":\"user\",\"content\":[{Text("e")}]}}]}}";
        }
    }

    // The texts that have the mark, in order.
    private static string Marked(string body, string mark)
    {
        static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
        {
            JsonObject found => [found, .. found.SelectMany(member => Objects(member.Value))],
            JsonArray array => array.SelectMany(Objects),
            _ => [],
        };
        return string.Join(", ", Objects(JsonNode.Parse(body)).Where(found => found.ContainsKey(mark)).Select(found => found["text"]!.GetValue<string>()));
    }
}
