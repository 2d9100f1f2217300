using System.Text;
using System.Text.Json;
using Asc.DataPlane.Wire.Mistral;
using CsCheck;

namespace Asc.DataPlane.Tests.Mistral;

/// <summary>Whatever a call is known by elsewhere, Mistral knows it by 9 letters and digits.</summary>
public sealed class CallIdTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '~'], 0, 40];

    [TestCase("abcDEF123", "abcDEF123")]
    [TestCase("123456789", "123456789")]
    [TestCase("call_1", "Bu09e4fdz")]
    [TestCase("abcDEF12", null)]
    [TestCase("abcDEF1234", null)]
    [TestCase("abcDEF12_", null)]
    [TestCase("äbcDEF12", null)]
    [TestCase("", null)]
    public void An_id_stays_where_it_can_and_is_made_where_not(string id, string? expected)
    {
        var made = Encoding.ASCII.GetString(CallIds.Of(Encoding.UTF8.GetBytes(id)));
        Assert.That(made, expected is null ? Does.Match("^[a-zA-Z0-9]{9}$").And.Not.EqualTo(id) : Is.EqualTo(expected));
    }

    [Test]
    public void It_is_the_same_each_time_and_two_are_two() => Gen.Select(Text, Text).Sample((one, other) =>
    {
        var (first, again, second) = (Of(one), Of(one), Of(other));
        return first == again && (first == second) == (one == other) && Of(first) == first;
    });

    // However it is written in a body.
    private static string Of(string id)
    {
        using var body = JsonDocument.Parse(JsonSerializer.Serialize(id));
        return Encoding.ASCII.GetString(CallIds.Of(body.RootElement));
    }
}
