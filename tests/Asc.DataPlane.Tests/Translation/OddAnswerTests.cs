using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What no decent provider answers, and fuzzing found: the client's protocol is kept all the same.</summary>
[TestFixture]
internal sealed class OddAnswerTests
{
    private const string Nameless = "{\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"arguments\":\"{}\"}},{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"c\\\":1}\"}}]},\"finish_reason\":\"tool_calls\"}]}";
    private static readonly AnswerIdentity Identity = new("0193a1", "asked", DateTimeOffset.UnixEpoch, 3, TellsUsage: true);

    [Test]
    public void A_call_without_a_name_is_none_and_the_next_one_keeps_its_arguments()
    {
        var answer = JsonNode.Parse(Whole(Nameless, new ChatTranslationReader(), new MessageWriter(Identity)))!;
        Assert.That(answer["content"]!.ToJsonString(), Is.EqualTo("[{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"f\",\"caller\":{\"type\":\"direct\"},\"input\":{\"c\":1}}]"));
    }

    [Test]
    public void Bytes_that_are_no_text_are_not_passed_on()
    {
        byte[] noText = [.. "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8, 0xC3, .. "\"}}]}"u8];
        Assert.Throws<JsonException>(() => new CallTranslation(new ChatTranslationReader(), new MessageWriter(Identity)).PassWhole(noText, default));
        Assert.Throws<JsonException>(() => new CallTranslation(new ChatTranslationReader(), new MessagesEventWriter(Identity)).PassEvent(noText, new PooledBody()));
    }

    private static string Whole(string answer, AnswerReader reader, AnswerWriter writer)
    {
        var translation = new CallTranslation(reader, writer);
        translation.PassWhole(Encoding.UTF8.GetBytes(answer), default);
        return Encoding.UTF8.GetString(translation.Answer.Span);
    }
}
