using System.Text.Json;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>A message, by its role. There is no <c>developer</c>, and nobody but a tool has a name.</summary>
internal static class MessageShape
{
    private static readonly Field Role = new("role", ValueRules.Text, Required: true);

    private static readonly ValueRule Arguments = (at, value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Object
            ? []
            : [new("string_type", at.Then("str"), "Input should be a valid string", value)];

    private static readonly Shape Function = new(
        new Field("name", ValueRules.Text, Required: true),
        new Field("arguments", Arguments, Required: true));

    private static readonly Shape ToolCall = new(
        new Field("id", ValueRules.Text),
        new Field("type", ValueRules.OneOf("function")),
        new Field("function", Function.Check, Required: true),
        new Field("index", ValueRules.Integer(0)));

    private static readonly Union Roles = new(
        "role",
        ("system", new Shape(Role, new Field("content", ContentChunks.OfSystem, Required: true)).Check),
        ("user", new Shape(Role, new Field("content", ContentChunks.All, Required: true)).Check),
        ("assistant", new Shape(
            Role,
            new Field("content", ContentChunks.All, Nullable: true),
            new Field("tool_calls", ValueRules.ListOf(ToolCall.Check), Nullable: true),
            new Field("prefix", ValueRules.Flag)).Check),
        ("tool", new Shape(
            Role,
            new Field("content", ContentChunks.All, Required: true),
            new Field("tool_call_id", ValueRules.Text, Nullable: true),
            new Field("name", ValueRules.Text, Nullable: true)).Check));

    public static IEnumerable<Problem> Check(Location at, JsonElement message) => Roles.Check(at, message);
}
