using System.Buffers;
using System.Text;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>How long a prompt is taken to be, and what is taken for what.</summary>
public sealed class PromptLengthTests
{
    private static readonly string Text = new('a', 400);

    [TestCase("\"$\"", 100)]
    [TestCase("[\"$\",\"$\",\"b\",\"$\"]", 100)]
    [TestCase("[1,2,3,4]", 4)]
    [TestCase("[[1,2],[1,2,3],[4]]", 3)]
    [TestCase("[]", 0)]
    public void Of_many_inputs_to_embed_the_longest_is_held_against_the_window(string input, long tokens)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"m\",\"input\":{input.Replace("$", Text, StringComparison.Ordinal)}}}");
        Assert.That(EmbeddingsRequestReader.Read(body, out var request), Is.Null);
        Assert.That(request.Shape.PromptTokens, Is.EqualTo(tokens));
    }

    [Test]
    public void A_prompt_does_not_stay_in_the_memory_that_others_rent()
    {
        TextSample.TokensIn("{\"a\":\"a secret of one tenant\",\"b\":\"another \\ud800\"}"u8);
        var rented = ArrayPool<char>.Shared.Rent(4096);
        Assert.That(new string(rented), Does.Not.Contain("secret"), "others leave what they will");
        ArrayPool<char>.Shared.Return(rented);
    }

    [TestCase("{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"x\"}}", false)]
    [TestCase("{\"source\":{\"data\":\"x\",\"media_type\":\"text/plain\",\"type\":\"text\"},\"type\":\"document\"}", false)]
    [TestCase("{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}", false)]
    [TestCase("{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"eA==\"}}]}}", true)]
    [TestCase("{\"source\":{\"data\":\"eA==\",\"type\":\"base64\",\"media_type\":\"application/pdf\"},\"type\":\"document\"}", true)]
    [TestCase("{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"eA==\"}}", true)]
    public void A_document_that_is_text_needs_no_eyes(string block, bool sees) =>
        Assert.That(Messages(block).Shape.Uses.HasFlag(Capabilities.Vision), Is.EqualTo(sees));

    [Test]
    public void A_PDF_is_estimated_by_its_pages_and_held_by_limits_at_its_most()
    {
        var data = new string('A', 1_333_336);
        var pdf = Messages($"{{\"type\":\"document\",\"source\":{{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"{data}\"}}}}").Attachments;
        Assert.That(pdf, Is.EqualTo(new Attachments(data.Length, data.Length / 4, 54 * 3000)));
        Assert.That(default(Attachments).WithFile(400).Estimate, Is.EqualTo(100), "less than a page");
    }

    private static ModelRequest Messages(string block)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{{\"role\":\"user\",\"content\":[{block}]}}]}}");
        Assert.That(MessagesRequestReader.Read(body, out var request), Is.Null);
        return request;
    }
}
