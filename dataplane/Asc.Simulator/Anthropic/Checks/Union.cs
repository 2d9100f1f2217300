using System.Collections.Frozen;
using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>An object whose <c>type</c> says which of several kinds it is. The kind becomes a part of the path, as the API has it.</summary>
internal sealed class Union(params (string Tag, ValueRule Rule)[] kinds)
{
    private readonly FrozenDictionary<string, ValueRule> _kinds = kinds.ToFrozenDictionary(kind => kind.Tag, kind => kind.Rule, StringComparer.Ordinal);
    private readonly string _tags = string.Join(", ", kinds.Select(kind => $"'{kind.Tag}'"));

    public AnthropicError? Check(string path, JsonElement value)
    {
        if (ValueRules.Object(path, value) is { } notObject)
        {
            return notObject;
        }

        if (!value.TryGetPresent("type", out var type))
        {
            return AnthropicError.Missing($"{path}.type");
        }

        if (ValueRules.Text($"{path}.type", type) is { } notText)
        {
            return notText;
        }

        var tag = type.GetString()!;
        return _kinds.TryGetValue(tag, out var rule)
            ? rule($"{path}.{tag}", value)
            : AnthropicError.At(path, $"Input tag '{tag}' found using 'type' does not match any of the expected tags: {_tags}");
    }
}
