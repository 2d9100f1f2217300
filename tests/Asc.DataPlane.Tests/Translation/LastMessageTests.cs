using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A message that says nothing is left out. Were that the last one, the assistant's before it would become the beginning of the answer: nobody asked for that.</summary>
[TestFixture]
internal sealed class LastMessageTests
{
    private const string Hi = "{\"role\":\"user\",\"content\":\"hi\"}";
    private const string Ho = "{\"role\":\"assistant\",\"content\":\"ho\"}";
    private static readonly Translating.WriteBody[] Targets = [ChatBodyWriter.Write, ResponsesBodyWriter.Write, MessagesBodyWriter.Write, MistralBodyWriter.Write];

    [TestCase(Hi + "," + Ho + ",{\"role\":\"user\",\"content\":\"\"}", 2)]
    [TestCase(Hi + "," + Ho + ",{\"role\":\"user\",\"content\":[]}", 2)]
    [TestCase(Hi + "," + Ho + ",{\"role\":\"system\",\"content\":\"\"}", 2)]
    [TestCase("{\"role\":\"user\",\"content\":\"\"}", 0)]
    [TestCase("{\"role\":\"user\"}", 0)]
    public void Of_it_there_must_be_something_for_every_provider(string messages, int place)
    {
        Array.ForEach(Targets, target => AssertRefused(() => Chat(messages, target), $"\"messages[{place}]\" is the last message, and empty: say something in it.", $"messages[{place}]"));
        Array.ForEach(Targets, target => AssertRefused(() => Messages(messages, target), $"\"messages[{place}]\" is the last message, and empty: say something in it.", $"messages[{place}]"));
        Array.ForEach(Targets, target => AssertRefused(() => Response($"[{messages}]", target), $"\"input[{place}]\" is the last message, and empty: say something in it.", $"input[{place}]"));
    }

    [TestCase(Hi + "," + Ho + ",{\"role\":\"user\",\"content\":\" \\n\"}", 2)]
    [TestCase("{\"role\":\"user\",\"content\":\" \"}", 0)]
    public void A_blank_one_is_none_to_Anthropic(string messages, int place)
    {
        AssertRefused(() => Chat(messages, MessagesBodyWriter.Write), $"\"messages[{place}]\" is the last message, and empty: say something in it.", $"messages[{place}]");
        Assert.That(Chat(messages, MistralBodyWriter.Write), Does.Contain(messages));
    }

    [TestCase(Hi + ",{\"role\":\"system\",\"content\":\"\"}")]
    [TestCase(Hi + ",{\"role\":\"user\",\"content\":\"\"}")]
    public void An_empty_one_is_left_out_where_the_user_spoke_before_it(string messages) =>
        Array.ForEach([ChatBodyWriter.Write, MistralBodyWriter.Write], (Translating.WriteBody target) => Assert.That(Chat(messages, target), Does.Contain($"\"messages\":[{Hi}]")));

    [TestCase("")]
    [TestCase("{\"role\":\"assistant\",\"content\":null}")]
    public void A_conversation_of_nothing_is_none(string messages) =>
        Array.ForEach(Targets, target => AssertRefused(() => Chat(messages, target), "The conversation is empty: say something in it.", "messages"));

    [Test]
    public void An_input_of_nothing_is_none() =>
        Array.ForEach(Targets, target => AssertRefused(() => Response("\"\"", target), "\"input\" is empty: say something in it.", "input"));

    [Test]
    public void Instructions_alone_are_enough_for_OpenAI_and_others_miss_the_user()
    {
        const string alone = "{\"role\":\"system\",\"content\":\"be kind\"}";
        Assert.That(Chat(alone, ChatBodyWriter.Write), Does.Contain($"\"messages\":[{alone}]"));
        AssertRefused(() => Chat(alone, MessagesBodyWriter.Write), "The conversation has no message of the user, and Anthropic's models answer one: send it.", "messages");
        AssertRefused(() => Chat(alone, MistralBodyWriter.Write), "The conversation has no message of the user, and Mistral's models answer one: send it.", "messages");
    }

    private static void AssertRefused(Action translate, string message, string parameter)
    {
        var error = Assert.Throws<UntranslatableException>(translate)!.Error;
        Assert.That((error.Code, error.Message, error.Parameter), Is.EqualTo((ErrorCode.InvalidRequest, message, parameter)));
    }

    private static string Chat(string messages, Translating.WriteBody target) =>
        new Translating().Body($"{{\"model\":\"x\",\"messages\":[{messages}]}}", OpenAiChatRequestReader.Read, ChatConversationReader.Read, target);

    private static string Messages(string messages, Translating.WriteBody target) =>
        new Translating().Body($"{{\"model\":\"x\",\"max_tokens\":9,\"messages\":[{messages}]}}", MessagesRequestReader.Read, MessagesConversationReader.Read, target);

    private static string Response(string input, Translating.WriteBody target) =>
        new Translating().Body($"{{\"model\":\"x\",\"input\":{input}}}", ResponsesRequestReader.Read, ResponsesConversationReader.Read, target);
}
