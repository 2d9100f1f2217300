using System.Text.Json;
using Asc.Simulator.Answers;

namespace Asc.Simulator.Tests;

public sealed class SchemaExampleTests
{
    [TestCase("""{"type":"string"}""", "\"word\"")]
    [TestCase("""{"type":"string","maxLength":2}""", "\"wo\"")]
    [TestCase("""{"type":"string","format":"date"}""", "\"2026-01-01\"")]
    [TestCase("""{"type":["null","integer"],"minimum":4}""", "4")]
    [TestCase("""{"type":"number","exclusiveMinimum":4}""", "5")]
    [TestCase("""{"type":"boolean"}""", "true")]
    [TestCase("""{"type":"array","items":{"type":"boolean"},"minItems":2}""", "[true,true]")]
    [TestCase("""{"enum":["a","b"]}""", "\"a\"")]
    [TestCase("""{"const":7}""", "7")]
    [TestCase("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", "1")]
    [TestCase("""{"type":"object","properties":{"x":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer"}}}""", """{"x":1}""")]
    public void An_example_fits_its_schema(string schema, string expected)
    {
        using var document = JsonDocument.Parse(schema);

        Assert.That(new SchemaExample(document.RootElement, "word").Build()!.ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_recursive_schema_comes_to_an_end()
    {
        using var document = JsonDocument.Parse("""{"type":"object","properties":{"next":{"$ref":"#"}}}""");

        Assert.That(new SchemaExample(document.RootElement, "word").Build(), Is.Not.Null);
    }
}
