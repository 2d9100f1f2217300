using System.Text.Json;
using Asc.Simulator.Claude;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary><c>output_config</c>: effort, and the schema of a structured answer.</summary>
internal static class OutputConfig
{
    private static readonly Shape Schema = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("schema", ValueRules.Object, Required: true));

    private static readonly Union Formats = new(("json_schema", CheckSchema));

    private static readonly Shape Shape = new(
        new Field("effort", ValueRules.OneOf([.. ClaudeModel.AllEfforts])),
        new Field("format", Formats.Check));

    public static AnthropicError? Check(string path, JsonElement config) => Shape.Check(path, config);

    private static AnthropicError? CheckSchema(string path, JsonElement format)
    {
        // There is only one kind of format, so that the API leaves it out of the path.
        var at = path[..path.LastIndexOf('.')];
        return Schema.Check(at, format) ?? SchemaLimits.Check($"{at}.schema", format.GetProperty("schema")) ?? CheckRoot($"{at}.schema", format.GetProperty("schema"));
    }

    private static AnthropicError? CheckRoot(string path, JsonElement schema) =>
        schema.TryGetPresent("type", out var type) && type.ToString() != "object" ? AnthropicError.At(path, "Schema must have type 'object' at the top level") : null;
}
