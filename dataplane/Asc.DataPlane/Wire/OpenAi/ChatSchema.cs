using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>What OpenAI's <c>strict</c> demands of a JSON schema.</summary>
internal static class ChatSchema
{
    /// <summary>Whether every object in it is closed and requires all that it names.</summary>
    public static bool CanBeStrict(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Array => schema.EnumerateArray().All(CanBeStrict),
        JsonValueKind.Object => IsClosed(schema) && schema.EnumerateObject().All(static member => CanBeStrict(member.Value)),
        _ => true,
    };

    // Each name is looked up once, however many there are.
    private static bool IsClosed(JsonElement schema)
    {
        if (!schema.Member("type"u8).Is("object"u8))
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
