using System.Collections.Frozen;
using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>The parameters that a request has, the type and range of each, and which must be there. Null means absent.</summary>
internal sealed class ParameterSet(IReadOnlyDictionary<string, ValueRule> rules, params string[] required)
{
    private readonly FrozenDictionary<string, ValueRule> _rules = rules.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a parameter is called that there is none of; endpoints differ in the words.</summary>
    public Func<string, OpenAiError> Unknown { get; init; } = OpenAiError.Unknown;

    public OpenAiError? Check(JsonElement body)
    {
        foreach (var property in body.EnumerateObject())
        {
            if (!_rules.TryGetValue(property.Name, out var rule))
            {
                return Unknown(property.Name);
            }

            if (property.Value.ValueKind != JsonValueKind.Null && rule(property.Name, property.Value) is { } error)
            {
                return error;
            }
        }

        return required.FirstOrDefault(name => !body.TryGetPresent(name, out _)) is { } missing ? OpenAiError.Missing(missing) : null;
    }
}
