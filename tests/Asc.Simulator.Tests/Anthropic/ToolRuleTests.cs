namespace Asc.Simulator.Tests.Anthropic;

/// <summary>What is wrong with tools, the choice among them, and schemas.</summary>
public sealed class ToolRuleTests : AnthropicTest
{
    private const string Hi = """[{"role":"user","content":"hi"}]""";

    [TestCase("""[{"type":"function","function":{"name":"f"}}]""", "tools.0: Input tag 'function' found using 'type' does not match any of the expected tags: 'custom', 'bash_20250124'")]
    [TestCase("""[{"input_schema":{"type":"object"}}]""", "tools.0.custom.name: Field required")]
    [TestCase("""[{"name":"not a name","input_schema":{"type":"object"}}]""", "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'")]
    [TestCase("""[{"name":"f"}]""", "tools.0.custom.input_schema: Field required")]
    [TestCase("""[{"name":"f","input_schema":{}}]""", "tools.0.custom.input_schema.type: Field required")]
    [TestCase("""[{"name":"f","input_schema":{"type":"string"}}]""", "tools.0.custom.input_schema.type: Input should be 'object'")]
    [TestCase("""[{"name":"f","input_schema":{"type":"object","anyOf":[]}}]""", "tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level")]
    [TestCase("""[{"name":"f","input_schema":{"type":"object","properties":{"a b":{}}}}]""", "tools.0.custom.input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'")]
    [TestCase("""[{"name":"f","parameters":{},"input_schema":{"type":"object"}}]""", "tools.0.custom.parameters: Extra inputs are not permitted")]
    [TestCase("""[{"name":"f","strict":true,"input_schema":{"type":"object"}}]""", "tools.0.custom: For 'object' type, 'additionalProperties' must be explicitly set to false")]
    [TestCase("""[{"name":"f","input_schema":{"type":"object"}},{"name":"f","input_schema":{"type":"object"}}]""", "tools: Tool names must be unique.")]
    public async Task A_bad_tool_is_refused(string tools, string message) => await AssertRefusedAsync(Converse(Older, Hi, ("tools", tools)), message);

    [TestCase("\"auto\"", "tool_choice: Input should be a valid dictionary")]
    [TestCase("""{"type":"required"}""", "tool_choice: Input tag 'required' found using 'type' does not match any of the expected tags: 'auto', 'any', 'tool', 'none'")]
    [TestCase("""{"type":"tool"}""", "tool_choice.tool.name: Field required")]
    [TestCase("""{"type":"tool","name":"g"}""", "Tool 'g' not found in provided tools")]
    [TestCase("""{"type":"none","disable_parallel_tool_use":true}""", "tool_choice.none.disable_parallel_tool_use: Extra inputs are not permitted")]
    [TestCase("""{"type":"auto","name":"f"}""", "tool_choice.auto.name: Extra inputs are not permitted")]
    public async Task A_bad_choice_is_refused(string choice, string message) =>
        await AssertRefusedAsync(Converse(Older, Hi, ("tools", """[{"name":"f","input_schema":{"type":"object"}}]"""), ("tool_choice", choice)), message);

    [TestCase("""{"type":"auto"}""")]
    [TestCase("""{"type":"none"}""")]
    public async Task A_choice_needs_tools(string choice) =>
        await AssertRefusedAsync(Converse(Older, Hi, ("tool_choice", choice)), "tool_choice: may only be specified while providing tools");

    [TestCase("""{"type":"object","properties":{}}""", "For 'object' type, 'additionalProperties' must be explicitly set to false")]
    [TestCase("""{"type":"object","additionalProperties":true}""", "For 'object' type, 'additionalProperties' must be explicitly set to false")]
    [TestCase("""{"type":"array","items":{"properties":{"a":{"type":"string"}}}}""", "For 'object' type, 'additionalProperties' must be explicitly set to false")]
    [TestCase("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"integer","minimum":1}}}""", "For 'integer' type, property 'minimum' is not supported")]
    [TestCase("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"number","minimum":1,"maximum":2}}}""", "For 'number' type, properties maximum, minimum are not supported")]
    [TestCase("""{"anyOf":[{"type":"string","minLength":1}]}""", "For 'string' type, property 'minLength' is not supported")]
    [TestCase("""{"type":"array","items":{"type":"string"},"minItems":2}""", "For 'array' type, property 'minItems' is not supported")]
    [TestCase("""{"type":"array","items":{"type":"string"},"maxItems":2}""", "For 'array' type, property 'maxItems' is not supported")]
    [TestCase("""{"type":"object","additionalProperties":false,"properties":{"next":{"$ref":"#"}}}""", "Circular reference detected in schema definitions: #")]
    [TestCase("""{"$ref":"#/$defs/n","$defs":{"n":{"type":"object","additionalProperties":false,"properties":{"n":{"$ref":"#/$defs/n"}}}}}""", "Circular reference detected in schema definitions: #/$defs/n")]
    [TestCase("""{"$ref":"#/$defs/n"}""", "Reference '#/$defs/n' cannot be resolved")]
    [TestCase("""{"type":"array","items":{"type":"string"}}""", "Schema must have type 'object' at the top level")]
    [TestCase("""{"type":["object","null"],"additionalProperties":false}""", "Schema must have type 'object' at the top level")]
    [TestCase("""{"type":"text"}""", "'text' is not a valid type")]
    public async Task A_schema_that_a_structured_answer_cannot_have_is_refused(string schema, string message) =>
        await AssertRefusedAsync(Converse(Older, Hi, ("output_config", Format(schema))), $"output_config.format.schema: {message}");

    [TestCase("""{"type":"object","additionalProperties":false,"properties":{"a":{"$ref":"#/$defs/s"},"b":{"$ref":"#/$defs/s"}},"$defs":{"s":{"type":"string","format":"date"}}}""")]
    [TestCase("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":["string","null"],"enum":["x",null]},"b":{"const":1},"c":{"allOf":[{"type":"string"}]}}}""")]
    [TestCase("""{"type":"object","additionalProperties":false,"properties":{"minimum":{"type":"array","minItems":1,"items":{"type":"integer"}}}}""")]
    public async Task A_schema_within_the_limits_is_taken(string schema) =>
        await SaidAsync(Converse(Older, Hi, ("output_config", Format(schema))));

    private static string Format(string schema) => """{"format":{"type":"json_schema","schema":""" + schema + "}}";
}
