using System.Text;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Mistral repeats what its answer goes on with, in pieces that end anywhere; who has it already doesn't hear it twice.</summary>
[TestFixture]
internal sealed class RepeatedTextTests
{
    [TestCase("Good", "Good morning", ExpectedResult = " morning")]
    [TestCase("Good", "Go|od| morning", ExpectedResult = " morning")]
    [TestCase("Good", "Good| morning", ExpectedResult = " morning")]
    [TestCase("Good", "Good", ExpectedResult = "")]
    [TestCase("Good", "Go|ld", ExpectedResult = "Gold")]
    [TestCase("Good", "Bad", ExpectedResult = "Bad")]
    [TestCase("Good", "Go", ExpectedResult = "Go")]
    [TestCase("Good", "Good|Good", ExpectedResult = "Good")]
    [TestCase("\\u00e9\\/\\n", "é/|\\u000a\\\"x\\\"", ExpectedResult = "\\\"x\\\"")]
    [TestCase("", "Good", ExpectedResult = "Good")]
    [TestCase("\\ud83d\\ude00!", "\\ud83d|\\ude00!", ExpectedResult = "\\ud83d\\ude00!")]
    [TestCase("\\ud83d", "\\ud83d", ExpectedResult = "\\ud83d")]
    public string It_is_left_out_once_and_nothing_else(string begun, string pieces)
    {
        var repeated = new RepeatedText(Encoding.UTF8.GetBytes(begun));
        var heard = new StringBuilder();
        foreach (var piece in pieces.Split('|'))
        {
            heard.Append(Encoding.UTF8.GetString(repeated.New(Encoding.UTF8.GetBytes(piece))));
        }

        return heard.Append(Encoding.UTF8.GetString(repeated.End())).ToString();
    }
}
