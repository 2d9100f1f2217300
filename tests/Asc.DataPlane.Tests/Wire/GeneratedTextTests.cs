using System.Text;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>What is counted of a whole answer that tells no usage.</summary>
public sealed class GeneratedTextTests
{
    [TestCase("""{"id":"#","object":"chat.completion","model":"#","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"hello world","tool_calls":[{"id":"#","type":"function"}]},"logprobs":{"content":[{"token":"#","text":"#"}]}}],"system_fingerprint":"#"}""")]
    [TestCase("""{"choices":[{"message":{"content":null,"refusal":"hello world"}}]}""")]
    [TestCase("""{"choices":[{"message":{"reasoning_content":"hello world"}}]}""")]
    [TestCase("""{"choices":[{"message":{"reasoning":"hello world","content":null,"reasoning_content":"hello world"}}]}""")]
    [TestCase("""{"choices":[{"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hello"}]},{"type":"text","text":" world"}]}}]}""")]
    [TestCase("""{"choices":[{"message":{"tool_calls":[{"id":"#","type":"function","function":{"name":"hello","arguments":" world"}}]}}]}""")]
    [TestCase("""{"id":"#","type":"message","content":[{"type":"thinking","thinking":"hello","signature":"#"},{"type":"redacted_thinking","data":"#"},{"type":"text","text":" world"}]}""")]
    [TestCase("""{"content":[{"type":"tool_use","id":"#","name":"hello","input":{" world":1}}]}""")]
    [TestCase("""{"id":"#","instructions":"#","tools":[{"name":"#","description":"#"}],"output":[{"type":"reasoning","id":"#","encrypted_content":"#","summary":[]},{"type":"message","content":[{"type":"output_text","text":"hello world"}]}],"text":{"format":{"type":"#"}}}""")]
    public void Only_what_the_model_wrote(string answer) => Assert.That(Count(answer), Is.EqualTo(2));

    [TestCase("""{"object":"list","data":[{"object":"embedding","embedding":"#"}],"model":"#"}""")]
    [TestCase("null")]
    [TestCase("")]
    [TestCase("""{"choices":null,"content":[1,"#"],"output":3}""")]
    public void Nothing_where_it_wrote_nothing(string answer) => Assert.That(Count(answer), Is.Zero);

    [Test]
    public void What_only_a_provider_can_read_is_no_part_of_a_prompt() =>
        Assert.That(TextSample.TokensIn("""{"content":[{"thinking":"hello world","signature":"AAAABBBBCCCC"},{"encrypted_content":"AAAABBBBCCCC"}]}"""u8), Is.EqualTo(2));

    private static long Count(string answer) => GeneratedText.TokensIn(Encoding.UTF8.GetBytes(answer.Replace("#", "some more words than those", StringComparison.Ordinal)));
}
