using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary><c>tools</c>.</summary>
internal static class ToolRules
{
    public static OpenAiError? Check(JsonElement body)
    {
        if (!body.TryGetPresent("tools", out var tools))
        {
            return Misplaced(body, "tool_choice") ?? Misplaced(body, "parallel_tool_calls");
        }

        if (tools.GetArrayLength() == 0)
        {
            return OpenAiError.BadRequest(
                "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.", "tools", "empty_array");
        }

        return tools.EnumerateArray().Select((tool, index) => CheckTool($"tools[{index}]", tool)).FirstOrDefault(error => error is not null);
    }

    private static OpenAiError? Misplaced(JsonElement body, string name) => body.TryGetPresent(name, out _)
        ? OpenAiError.BadRequest($"'{name}' is only allowed when 'tools' are specified.", name, "invalid_parameter_combination")
        : null;

    private static OpenAiError? CheckTool(string path, JsonElement tool)
    {
        if (ValueRules.Object(path, tool) is { } notObject)
        {
            return notObject;
        }

        if (!tool.TryGetPresent("type", out var type))
        {
            return OpenAiError.Missing($"{path}.type");
        }

        if (ValueRules.OneOf("function", "custom")($"{path}.type", type) is { } badType)
        {
            return badType;
        }

        var kind = type.GetString()!;
        return tool.TryGetPresent(kind, out var definition)
            ? CheckDefinition($"{path}.{kind}", definition)
            : OpenAiError.Missing($"{path}.{kind}");
    }

    private static OpenAiError? CheckDefinition(string path, JsonElement definition) =>
        ValueRules.Object(path, definition)
        ?? NameRule.Check(path, definition)
        ?? (definition.TryGetPresent("parameters", out var parameters) ? ValueRules.Object($"{path}.parameters", parameters) : null)
        ?? (definition.TryGetPresent("strict", out var strict) ? ValueRules.Flag($"{path}.strict", strict) : null)
        ?? (definition.IsTrue("strict") && definition.TryGetPresent("parameters", out var schema) && StrictSchema.Fault(schema) is { } fault
            ? OpenAiError.BadRequest($"Invalid schema for function '{definition.TextOf("name")}': {fault}", $"{path}.parameters", "invalid_function_parameters")
            : null);
}
