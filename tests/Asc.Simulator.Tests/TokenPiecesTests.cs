using Asc.Simulator.Answers;

namespace Asc.Simulator.Tests;

public sealed class TokenPiecesTests
{
    [TestCase("")]
    [TestCase("Hello, world!")]
    [TestCase("  indented\n\ttext ")]
    [TestCase("Donaudampfschifffahrtsgesellschaft")]
    [TestCase("emoji 😀😀 𝒜𝒷 日本語")]
    public void Joined_pieces_are_the_text_and_each_is_well_formed(string text)
    {
        var pieces = TokenPieces.Of(text);

        Assert.Multiple(() =>
        {
            Assert.That(string.Concat(pieces), Is.EqualTo(text));
            Assert.That(pieces.All(piece => piece.IsNormalized() && piece.Length is > 0 and <= 8), Is.True);
        });
    }

    [Test]
    public void A_word_takes_the_blank_before_it() =>
        Assert.That(TokenPieces.Of("to be, or"), Is.EqualTo(new[] { "to", " be", ",", " or" }));
}
