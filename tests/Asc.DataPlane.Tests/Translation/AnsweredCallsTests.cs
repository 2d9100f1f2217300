using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What tools answered stands right behind the calls, whoever asks and whoever answers; what is missing, or belongs nowhere, is told with its place.</summary>
[TestFixture]
internal sealed class AnsweredCallsTests
{
    private const string Hi = "{\"role\":\"user\",\"content\":\"hi\"}";
    private const string Brief = "{\"role\":\"developer\",\"content\":\"be brief\"}";
    private const string CallAandB = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"aaaaaaaaa\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"bbbbbbbbb\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    private const string CallA = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"aaaaaaaaa\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    private const string AnswerA = "{\"role\":\"tool\",\"tool_call_id\":\"aaaaaaaaa\",\"content\":\"1\"}";
    private const string AnswerB = "{\"role\":\"tool\",\"tool_call_id\":\"bbbbbbbbb\",\"content\":\"2\"}";

    private static readonly Translating.WriteBody[] Targets = [ChatBodyWriter.Write, MessagesBodyWriter.Write, MistralBodyWriter.Write];

    [Test]
    public void Instructions_between_calls_and_answers_come_after_them()
    {
        foreach (var messages in new[] { $"{Hi},{CallAandB},{Brief},{AnswerA},{AnswerB}", $"{Hi},{CallAandB},{AnswerA},{Brief},{AnswerB}" })
        {
            Assert.That(Roles(messages, ChatBodyWriter.Write), Is.EqualTo("user assistant tool tool system"));
            Assert.That(Roles(messages, MistralBodyWriter.Write), Is.EqualTo("user assistant tool tool assistant user"));
            Assert.That(Roles(messages, MessagesBodyWriter.Write), Is.EqualTo("user assistant user"));
            Assert.That(Blocks(messages), Is.EqualTo("tool_result tool_result text"));
        }
    }

    [Test]
    public void What_the_user_says_between_calls_and_answers_comes_after_them_and_in_order()
    {
        const string messages = $"{Hi},{CallAandB},{Brief},{Hi},{AnswerB},{Hi},{AnswerA},{Hi}";
        Assert.That(Roles(messages, ChatBodyWriter.Write), Is.EqualTo("user assistant tool tool system user"));
        Assert.That(Blocks(messages), Is.EqualTo("tool_result tool_result text text text text"));
    }

    [TestCase($"{Hi},{CallA},{Brief},{AnswerA}")]
    [TestCase($"{Hi},{CallA},{AnswerA},{Brief}")]
    [TestCase($"{Hi},{CallA},{AnswerA},{Hi}")]
    public void Claude_is_not_told_to_think_on_without_its_thoughts_wherever_instructions_stand(string messages)
    {
        var model = new ModelDocument("claude", []) { Reasoning = new(ReasoningEffort.High, ByBudget: true) };
        Assert.That(Translated(messages, MessagesBodyWriter.Write, new() { Model = model }, "\"reasoning_effort\":\"high\",")["thinking"], Is.Null);
    }

    [Test]
    public void An_answer_to_no_call_is_told_with_its_id_and_place_whoever_is_asked([Values(0, 1, 2)] int target)
    {
        AssertWrong($"{Hi},{AnswerA}", target, "messages[1]", "answers \"aaaaaaaaa\"");
        AssertWrong($"{Hi},{CallA},{AnswerA},{AnswerB}", target, "messages[3]", "answers \"bbbbbbbbb\"");
        AssertWrong($"{Hi},{CallA},{AnswerA},{AnswerA}", target, "messages[3]", "answers \"aaaaaaaaa\"");
        AssertWrong($"{Hi},{CallA},{AnswerA},{{\"role\":\"assistant\",\"content\":\"so\"}},{AnswerA}", target, "messages[4]", "answers \"aaaaaaaaa\"");
    }

    [Test]
    public void A_call_that_nothing_answers_is_told_with_its_id_and_place_whoever_is_asked([Values(0, 1, 2)] int target)
    {
        AssertWrong($"{Hi},{CallA}", target, "messages[1]", "\"aaaaaaaaa\", and nothing answers it");
        AssertWrong($"{Hi},{CallAandB},{AnswerA},{Hi}", target, "messages[1]", "\"bbbbbbbbb\", and nothing answers it");
        AssertWrong($"{Hi},{CallA},{Hi},{CallA},{AnswerA}", target, "messages[1]", "\"aaaaaaaaa\", and nothing answers it");
    }

    [Test]
    public void Two_calls_of_one_id_are_told_with_their_place([Values(0, 1, 2)] int target) =>
        AssertWrong($"{Hi},{CallAandB.Replace("bbbbbbbbb", "aaaaaaaaa", StringComparison.Ordinal)},{AnswerA}", target, "messages[1]", "two tools by the id \"aaaaaaaaa\"");

    [Test]
    public void Messages_and_responses_are_told_likewise()
    {
        var message = Assert.Throws<UntranslatableException>(() => new Translating().Body(
            "{\"model\":\"x\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\"}]}]}",
            MessagesRequestReader.Read, MessagesConversationReader.Read, ChatBodyWriter.Write))!.Error;
        var response = Assert.Throws<UntranslatableException>(() => new Translating().Body(
            "{\"model\":\"x\",\"input\":[{\"role\":\"user\",\"content\":\"hi\"},{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}]}",
            ResponsesRequestReader.Read, ResponsesConversationReader.Read, MessagesBodyWriter.Write))!.Error;
        Assert.That((message.Parameter, response.Parameter), Is.EqualTo(("messages[1]", "input[1]")));
    }

    [Test]
    public void An_id_may_come_again_in_another_turn() =>
        Assert.That(Roles($"{Hi},{CallA},{AnswerA},{CallA},{AnswerA}", ChatBodyWriter.Write), Is.EqualTo("user assistant tool assistant tool"));

    [TestCase(Hi, "{\"role\":\"system\"}")]
    [TestCase(CallA, AnswerA)]
    public void A_long_conversation_is_put_in_order_in_time_that_grows_with_it(string first, string second)
    {
        var messages = string.Join(',', Enumerable.Repeat($"{first},{second}", 40_000));
        var took = System.Diagnostics.Stopwatch.StartNew();
        foreach (var write in Targets)
        {
            Translated(messages, write);
        }

        Assert.That(took.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "tens of minutes, where each turn moves those before it");
    }

    private static void AssertWrong(string messages, int target, string place, string told)
    {
        var error = Assert.Throws<UntranslatableException>(() => Translated(messages, Targets[target]), messages)!.Error;
        Assert.That((error.Code, error.Parameter), Is.EqualTo((ErrorCode.InvalidRequest, place)));
        Assert.That(error.Message, Does.Contain(place).And.Contain(told));
    }

    private static string Roles(string messages, Translating.WriteBody write) => string.Join(' ', Translated(messages, write)["messages"]!.AsArray().Select(message => message!["role"]!.GetValue<string>()));

    private static string Blocks(string messages) => string.Join(' ', Translated(messages, MessagesBodyWriter.Write)["messages"]![2]!["content"]!.AsArray().Select(block => block!["type"]!.GetValue<string>()));

    private static JsonNode Translated(string messages, Translating.WriteBody write, Translating? translating = null, string fields = "") =>
        JsonNode.Parse((translating ?? new()).Body($"{{\"model\":\"x\",{fields}\"messages\":[{messages}]}}", OpenAiChatRequestReader.Read, ChatConversationReader.Read, write))!;
}
