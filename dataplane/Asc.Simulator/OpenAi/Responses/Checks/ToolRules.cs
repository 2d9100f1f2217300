using System.Text.Json;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary><c>tools</c>, which are flat here, and <c>tool_choice</c>.</summary>
internal static class ToolRules
{
    // What the API would run itself is let through unread: the simulator never does so.
    private static readonly string[] Hosted =
    [
        "apply_patch", "code_interpreter", "computer", "computer_use_preview", "file_search", "image_generation", "local_shell", "mcp", "namespace",
        "shell", "tool_search", "web_search", "web_search_preview",
    ];

    private static readonly ObjectRule Function = new(
        new Field("type", ValueRules.Text),
        new Field("name", Name, Required: true),
        new Field("description", ValueRules.Text),
        new Field("parameters", ValueRules.Object),
        new Field("strict", ValueRules.Flag),
        new Field("defer_loading", ValueRules.Flag),
        new Field("async", ValueRules.Flag));

    private static readonly ObjectRule Custom = new(
        new Field("type", ValueRules.Text),
        new Field("name", Name, Required: true),
        new Field("description", ValueRules.Text),
        new Field("format", ValueRules.Object),
        new Field("defer_loading", ValueRules.Flag));

    private static readonly KindRule Tool = new(
    [
        ("function", CheckFunction), ("custom", Custom.Check), .. Hosted.Select(type => (type, (ValueRule)ValueRules.Object)),
    ]);

    private static readonly ObjectRule Named = new(new Field("type", ValueRules.Text), new Field("name", ValueRules.Text, Required: true));

    private static readonly KindRule Choice = new(
    [
        ("function", Named.Check),
        ("custom", Named.Check),
        ("allowed_tools", new ObjectRule(
            new Field("type", ValueRules.Text),
            new Field("mode", ValueRules.OneOf("auto", "required"), Required: true),
            new Field("tools", ListRule.Of(ValueRules.Object), Required: true)).Check),
        .. Hosted.Select(type => (type, (ValueRule)ValueRules.Object)),
    ]);

    public static ValueRule Tools { get; } = ListRule.Of(Tool.Check);

    public static OpenAiError? ToolChoice(string path, JsonElement choice) => choice.ValueKind == JsonValueKind.String
        ? ValueRules.OneOf("none", "auto", "required")(path, choice)
        : Choice.Check(path, choice);

    /// <summary>Whether the choice is among the tools.</summary>
    public static OpenAiError? CheckChoice(JsonElement body)
    {
        if (!body.TryGetPresent("tool_choice", out var choice))
        {
            return null;
        }

        var tools = body.TryGetPresent("tools", out var offered) ? offered.EnumerateArray().ToList() : [];
        if (choice.ValueKind == JsonValueKind.String)
        {
            return choice.GetString() == "required" && tools.Count == 0
                ? OpenAiError.BadRequest("Tool choice 'required' must be specified with 'tools' parameter.", "tool_choice", null)
                : null;
        }

        IEnumerable<JsonElement> named = choice.TextOf("type") == "allowed_tools" ? choice.GetProperty("tools").EnumerateArray() : [choice];
        return named.Any(one => !tools.Exists(tool => tool.TextOf("type") == one.TextOf("type") && tool.TextOf("name") == one.TextOf("name")))
            ? OpenAiError.BadRequest($"Tool choice '{choice.TextOf("type")}' not found in 'tools' parameter.", "tool_choice", null)
            : null;
    }

    private static OpenAiError? CheckFunction(string path, JsonElement tool) =>
        Function.Check(path, tool)
        ?? (tool.IsTrue("strict") && tool.TryGetPresent("parameters", out var schema) && StrictSchema.Fault(schema) is { } fault
            ? OpenAiError.BadRequest($"Invalid schema for function '{tool.TextOf("name")}': {fault}", $"{path}.parameters", "invalid_function_parameters")
            : null);

    private static OpenAiError? Name(string path, JsonElement name) => ValueRules.Text(path, name) ?? NameRule.CheckText(path, name.GetString()!);
}
