using System.Text;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>With what an answer's stream begins: until then another target may serve, and the time for a first token runs (ADR 11).</summary>
[TestFixture]
internal sealed class StreamStartTests
{
    private static readonly ProviderDialect Claude = new AnthropicProvider();
    private static readonly ProviderDialect Responses = new ResponsesProvider();

    [TestCase("""{"type":"message_start","message":{"usage":{"input_tokens":1,"output_tokens":1}}}""", false)]
    [TestCase("""{"type":"ping"}""", false)]
    [TestCase("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""", false)]
    [TestCase("""{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""", true)]
    [TestCase("""{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"x"}}""", true)]
    [TestCase("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}""", true)]
    public void Claude_begins_as_it_thinks_be_it_that_nobody_is_shown_it(string data, bool begins) => Assert.That(Begins(Claude, data), Is.EqualTo(begins));

    [TestCase("""{"type":"response.created","response":{"id":"r"}}""", false)]
    [TestCase("""{"type":"response.output_item.added","output_index":0,"item":{"type":"message","content":[]}}""", false)]
    [TestCase("""{"item":{"type":"reasoning","summary":[]},"type":"response.output_item.added","output_index":0}""", true)]
    [TestCase("""{"type":"response.output_text.delta","delta":"a"}""", true)]
    public void A_response_does_so_too(string data, bool begins) => Assert.That(Begins(Responses, data), Is.EqualTo(begins));

    private static bool Begins(ProviderDialect dialect, string data) => StreamStart.Judge(Encoding.UTF8.GetBytes($"data: {data}\n\n"), dialect, "p") is { Error: null };
}
