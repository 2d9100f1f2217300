using System.Collections.Frozen;
using System.Text.Json;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary>An object whose <c>type</c> says which of several kinds it is.</summary>
internal sealed class KindRule(params (string Type, ValueRule Rule)[] kinds)
{
    private readonly FrozenDictionary<string, ValueRule> _kinds = kinds.ToFrozenDictionary(kind => kind.Type, kind => kind.Rule, StringComparer.Ordinal);
    private readonly string _types = ValueRules.Quoted(kinds.Select(kind => kind.Type));

    /// <summary>The kind of an object without a type; null: there must be one.</summary>
    public string? Default { get; init; }

    public OpenAiError? Check(string path, JsonElement value)
    {
        if (ValueRules.Object(path, value) is { } notObject)
        {
            return notObject;
        }

        if (!value.TryGetPresent("type", out var type))
        {
            return Default is null ? OpenAiError.Missing($"{path}.type") : _kinds[Default](path, value);
        }

        return ValueRules.Text($"{path}.type", type)
            ?? (_kinds.TryGetValue(type.GetString()!, out var rule) ? rule(path, value) : OpenAiError.Value(path, type.GetString()!, _types));
    }
}
