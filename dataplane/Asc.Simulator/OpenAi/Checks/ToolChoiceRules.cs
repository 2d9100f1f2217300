using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary><c>tool_choice</c>; it may name only tools that the request defines.</summary>
internal static class ToolChoiceRules
{
    private const string Name = "tool_choice";

    public static OpenAiError? Check(JsonElement body)
    {
        if (!body.TryGetPresent(Name, out var choice))
        {
            return null;
        }

        return choice.ValueKind switch
        {
            JsonValueKind.String => ValueRules.OneOf("none", "auto", "required")(Name, choice),
            JsonValueKind.Object => CheckObject(choice, ToolNames(body)),
            _ => JsonType.Mismatch(Name, "a string or an object", choice),
        };
    }

    private static OpenAiError? CheckObject(JsonElement choice, HashSet<(string, string)> tools)
    {
        if (!choice.TryGetPresent("type", out var type))
        {
            return OpenAiError.Missing($"{Name}.type");
        }

        return ValueRules.OneOf("function", "custom", "allowed_tools")($"{Name}.type", type)
            ?? (type.GetString() == "allowed_tools" ? CheckAllowed(choice, tools) : CheckNamed(Name, choice, tools));
    }

    private static OpenAiError? CheckAllowed(JsonElement choice, HashSet<(string, string)> tools)
    {
        const string path = $"{Name}.allowed_tools";
        if (!choice.TryGetPresent("allowed_tools", out var allowed) || allowed.ValueKind != JsonValueKind.Object)
        {
            return OpenAiError.Missing(path);
        }

        if (!allowed.TryGetPresent("mode", out var mode))
        {
            return OpenAiError.Missing($"{path}.mode");
        }

        if (!allowed.TryGetPresent("tools", out var named))
        {
            return OpenAiError.Missing($"{path}.tools");
        }

        return ValueRules.OneOf("auto", "required")($"{path}.mode", mode)
            ?? ValueRules.Array($"{path}.tools", named)
            ?? named.EnumerateArray().Select((tool, index) => CheckNamed($"{path}.tools[{index}]", tool, tools)).FirstOrDefault(error => error is not null);
    }

    private static OpenAiError? CheckNamed(string path, JsonElement named, HashSet<(string, string)> tools)
    {
        if (ValueRules.Object(path, named) is { } notObject)
        {
            return notObject;
        }

        var kind = named.TextOf("type") ?? "";
        if (!named.TryGetPresent(kind, out var inner) || inner.ValueKind != JsonValueKind.Object)
        {
            return OpenAiError.Missing($"{path}.{(kind.Length == 0 ? "type" : kind)}");
        }

        var name = inner.TextOf("name");
        return name is null ? OpenAiError.Missing($"{path}.{kind}.name")
            : tools.Contains((kind, name)) ? null
            : OpenAiError.BadRequest($"Tool choice '{name}' not found in 'tools' parameter.", Name, "invalid_value");
    }

    private static HashSet<(string, string)> ToolNames(JsonElement body) =>
    [
        .. body.GetProperty("tools").EnumerateArray().Select(tool =>
        {
            var kind = tool.TextOf("type")!;
            return (kind, tool.GetProperty(kind).TextOf("name")!);
        }),
    ];
}
