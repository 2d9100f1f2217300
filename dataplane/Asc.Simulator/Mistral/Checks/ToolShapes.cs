namespace Asc.Simulator.Mistral.Checks;

/// <summary><c>tools</c>, which is absent rather than empty, and <c>tool_choice</c>.</summary>
internal static class ToolShapes
{
    private static readonly Shape Function = new(
        new Field("name", ValueRules.Text, Required: true),
        new Field("description", ValueRules.Text),
        new Field("strict", ValueRules.Flag),
        new Field("parameters", ValueRules.Map, Required: true));

    private static readonly Shape Tool = new(
        new Field("type", ValueRules.OneOf("function")),
        new Field("function", Function.Check, Required: true));

    private static readonly Shape Named = new(
        new Field("type", ValueRules.OneOf("function")),
        new Field("function", new Shape(new Field("name", ValueRules.Text, Required: true)).Check, Required: true));

    private static readonly ValueRule Words = ValueRules.OneOf("auto", "none", "any", "required");

    public static ValueRule Tools { get; } = ValueRules.ListOf(Tool.Check, min: 1);

    public static ValueRule Choice { get; } = (at, value) => value.ValueKind == System.Text.Json.JsonValueKind.String
        ? Words(at.Then("ToolChoiceEnum"), value)
        : Named.Check(at.Then("ToolChoice"), value);
}
