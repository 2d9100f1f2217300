using System.Collections.Frozen;
using System.Text.Json;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary>A field of an object: its name, its rule, and whether the object must have it. Null stands for absent.</summary>
internal readonly record struct Field(string Name, ValueRule Rule, bool Required = false);

/// <summary>An object with exactly these fields, named in errors by their path from the body's root.</summary>
internal sealed class ObjectRule(params Field[] fields)
{
    private readonly FrozenDictionary<string, Field> _fields = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    public OpenAiError? Check(string path, JsonElement value)
    {
        if (ValueRules.Object(path, value) is { } notObject)
        {
            return notObject;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!_fields.TryGetValue(property.Name, out var field))
            {
                return OpenAiError.UnknownParameter($"{path}.{property.Name}");
            }

            if (property.Value.ValueKind != JsonValueKind.Null && field.Rule($"{path}.{property.Name}", property.Value) is { } error)
            {
                return error;
            }
        }

        return fields.Where(field => field.Required && !value.TryGetPresent(field.Name, out _))
            .Select(field => OpenAiError.Missing($"{path}.{field.Name}")).FirstOrDefault();
    }
}
