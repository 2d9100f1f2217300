using System.Collections.Frozen;
using System.Text.Json;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>A field of an object: its name, its rule, whether the object must have it, and whether it may be null.</summary>
internal readonly record struct Field(string Name, ValueRule Rule, bool Required = false, bool Nullable = false);

/// <summary>An object with exactly these fields. Unlike elsewhere, null is a value: most fields do not take it.</summary>
internal sealed class Shape(params Field[] fields)
{
    private readonly FrozenDictionary<string, Field> _fields = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    public IEnumerable<Problem> Check(Location at, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? Missing(at, value).Concat(Present(at, value)) : [Problem.NotObject(at, value)];

    private IEnumerable<Problem> Missing(Location at, JsonElement value) => fields
        .Where(field => field.Required && !value.TryGetProperty(field.Name, out _))
        .Select(field => Problem.Missing(at.Then(field.Name), value));

    private IEnumerable<Problem> Present(Location at, JsonElement value) => value.EnumerateObject().SelectMany(property =>
        !_fields.TryGetValue(property.Name, out var field) ? [Problem.Extra(at.Then(property.Name), property.Value)]
        : property.Value.ValueKind == JsonValueKind.Null && field.Nullable ? []
        : field.Rule(at.Then(property.Name), property.Value));
}
