using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What Claude thought comes back to it as it was, or not at all (facts: 3.2, trap 40).</summary>
[TestFixture]
internal sealed class CarriedReasoningTests
{
    // Of the model "m".
    private const string Mark = "1d576f47.";

    [TestCase("\"reasoning_content\":\"hm\",\"reasoning_signature\":\"" + Mark + "2.c2ln\"", "hm", "c2ln", TestName = "A thought of its own")]
    [TestCase("\"reasoning_signature\":\"" + Mark + "0.c2ln\"", "", "c2ln", TestName = "One that tells nothing")]
    [TestCase("\"reasoning_content\":\"\",\"reasoning_signature\":\"" + Mark + "0.c2ln\"", "", "c2ln", TestName = "One whose text is empty")]
    [TestCase("\"reasoning_content\":\"k\\u00e9\\ud83d\\ude00\\n\",\"reasoning_signature\":\"" + Mark + "5.c2ln\"", "k\u00e9\ud83d\ude00\n", "c2ln", TestName = "One with escapes")]
    [TestCase("\"reasoning_content\":\"k\u00e9\ud83d\ude00\\n\",\"reasoning_signature\":\"" + Mark + "5.c2ln\"", "k\u00e9\ud83d\ude00\n", "c2ln", TestName = "The same without")]
    [TestCase("\"reasoning_content\":\".\",\"reasoning_signature\":\"" + Mark + "2.c2ln\"", null, null, TestName = "Of the text only the end is left")]
    [TestCase("\"reasoning_signature\":\"" + Mark + "2.c2ln\"", null, null, TestName = "Nothing of the text is left")]
    [TestCase("\"reasoning_content\":\"hm\",\"reasoning_signature\":\"00000000.2.c2ln\"", null, null, TestName = "Another model's thought")]
    [TestCase("\"reasoning_content\":\"hm\",\"reasoning_signature\":\"c2ln\"", null, null, TestName = "Nobody's signature")]
    [TestCase("\"reasoning_content\":\"hm\",\"reasoning_signature\":\"" + Mark + "2\"", null, null, TestName = "A signature that is none")]
    [TestCase("\"reasoning_content\":\"hm\",\"reasoning_signature\":null", null, null, TestName = "No signature")]
    public void Claude_is_told_what_it_can_know_again(string members, string? thinking, string? signature)
    {
        var body = new Translating().Body(
            $"{{\"model\":\"x\",\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}},{{\"role\":\"assistant\",\"content\":\"ho\",{members}}},{{\"role\":\"user\",\"content\":\"go\"}}]}}",
            OpenAiChatRequestReader.Read, ChatConversationReader.Read, MessagesBodyWriter.Write);
        var thought = JsonNode.Parse(body)!["messages"]![1]!["content"]!.AsArray().SingleOrDefault(block => block!["type"]!.GetValue<string>() == "thinking");
        Assert.That((thought?["thinking"]!.GetValue<string>(), thought?["signature"]!.GetValue<string>()), Is.EqualTo((thinking, signature)));
    }

    [Test]
    public void The_length_of_pieces_is_that_of_the_whole()
    {
        var random = new Random(1);
        for (var round = 0; round < 1000; round++)
        {
            var pieces = Enumerable.Range(0, 5).Select(_ => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(6) switch
            {
                0 => "\n", 1 => "\"", 2 => "\ud83d\ude00", 3 => "\u00e9", 4 => "\u0001", _ => "a",
            }))).ToArray();
            var (plain, escaped) = (JavaScriptEncoderOf(random.Next(2) == 0), JavaScriptEncoderOf(random.Next(2) == 0));
            Assert.That(pieces.Sum(piece => CarriedReasoning.LengthOf(JsonEncodedText.Encode(piece, plain).EncodedUtf8Bytes)), Is.EqualTo(string.Concat(pieces).Length));
            Assert.That(CarriedReasoning.LengthOf(JsonEncodedText.Encode(string.Concat(pieces), escaped).EncodedUtf8Bytes), Is.EqualTo(string.Concat(pieces).Length));
        }
    }

    private static System.Text.Encodings.Web.JavaScriptEncoder JavaScriptEncoderOf(bool relaxed) =>
        relaxed ? System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping : System.Text.Encodings.Web.JavaScriptEncoder.Default;
}
