using System.Collections.Frozen;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>What OpenAI's <c>strict</c> demands of a JSON schema.</summary>
internal static class ChatSchema
{
    // Known to be refused, with the whole request, by OpenAI or by Azure (platform.openai.com, structured outputs, supported schemas): strict is a wish that can be done without.
    private static readonly FrozenSet<string> Refused = new[]
    {
        "allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "propertyNames", "minProperties", "maxProperties", "unevaluatedProperties",
        "unevaluatedItems", "dependencies", "additionalItems", "default", "contains", "minContains", "maxContains", "uniqueItems", "prefixItems",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is of one object, every object in it is closed and requires all that it names, and it has no word that is refused.</summary>
    public static bool CanBeStrict(JsonElement schema) => schema.Member("type"u8).Is("object"u8) && !schema.Member("anyOf"u8).Exists() && IsTaken(schema);

    private static bool IsTaken(JsonElement schema) =>
        IsClosed(schema) && (!schema.Member("$ref"u8).Exists() || schema.GetPropertyCount() == 1)
        && schema.EnumerateObject().All(static member => !Refused.Contains(member.Name) && JsonSchemaWords.Schemas(member).All(IsTaken));

    // Each name is looked up once, however many there are.
    private static bool IsClosed(JsonElement schema)
    {
        var type = schema.Member("type"u8);
        if (!type.Is("object"u8) && !schema.Member("properties"u8).Exists() && !(type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(static one => one.Is("object"u8))))
        {
            return true;
        }

        var required = schema.Member("required"u8) is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        return schema.Member("additionalProperties"u8).ValueKind == JsonValueKind.False
            && (schema.Member("properties"u8) is not { ValueKind: JsonValueKind.Object } properties || properties.EnumerateObject().All(property => required.Contains(property.Name)));
    }
}
