using System.Collections.Frozen;
using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>A field of an object: its name, its rule, and whether the object must have it.</summary>
internal readonly record struct Field(string Name, ValueRule Rule, bool Required = false);

/// <summary>An object with exactly these fields. Null stands for an optional field that is absent.</summary>
internal sealed class Shape(params Field[] fields)
{
    private readonly FrozenDictionary<string, Field> _fields = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>The same with more fields.</summary>
    public Shape With(params Field[] more) => new([.. _fields.Values, .. more]);

    public Shape Without(params string[] names) => new([.. _fields.Values.Where(field => !names.Contains(field.Name))]);

    public AnthropicError? Check(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return path.Length == 0 ? AnthropicError.NotJson() : ValueRules.Object(path, value);
        }

        foreach (var property in value.EnumerateObject())
        {
            var at = Join(path, property.Name);
            if (!_fields.TryGetValue(property.Name, out var field))
            {
                return AnthropicError.Extra(at);
            }

            var isAbsent = property.Value.ValueKind == JsonValueKind.Null && !field.Required;
            if (!isAbsent && field.Rule(at, property.Value) is { } error)
            {
                return error;
            }
        }

        foreach (var field in _fields.Values)
        {
            if (field.Required && !value.TryGetProperty(field.Name, out _))
            {
                return AnthropicError.Missing(Join(path, field.Name));
            }
        }

        return null;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
