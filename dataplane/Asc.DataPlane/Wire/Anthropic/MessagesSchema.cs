using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// Writes a JSON schema within what Anthropic takes (facts: 2.3): every object closed, no recursion, and no bounds, which the answer is then not
/// held to: it is policy that they may be lost.
/// </summary>
internal static class MessagesSchema
{
    /// <param name="writer">What it is written to.</param>
    /// <param name="schema">An object; undefined: any object will do.</param>
    /// <param name="description">What it is for, a string, where the schema itself doesn't say; undefined: unknown.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement schema, JsonElement description = default)
    {
        if (schema.Exists())
        {
            if (SchemaRecursion.IsIn(schema))
            {
                throw new UntranslatableException(
                    Asc.Policy.Decisions.ErrorCode.UnsupportedFeature, "A JSON schema that refers to itself ($ref) has no place at Anthropic: write out as many levels as are needed.", "$ref");
            }

            WriteSchema(writer, schema, description);
            return;
        }

        writer.WriteRawValue("""{"type":"object","properties":{},"additionalProperties":false}"""u8);
    }

    private static void WriteSchema(Utf8JsonWriter writer, JsonElement schema, JsonElement description = default)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteAsRead(schema);
            return;
        }

        if (schema.Member("additionalProperties"u8).ValueKind == JsonValueKind.Object)
        {
            throw new UntranslatableException(
                Asc.Policy.Decisions.ErrorCode.UnsupportedFeature, "A JSON schema that leaves names open (additionalProperties with a schema) has no place at Anthropic: name the properties.", "additionalProperties");
        }

        var isObject = schema.Member("type"u8).Is("object"u8) || schema.Member("properties"u8).Exists();
        if (isObject && HoldsAnything(schema))
        {
            // Closed it would be {} and nothing else.
            throw new UntranslatableException(
                Asc.Policy.Decisions.ErrorCode.UnsupportedFeature, "A JSON schema with an object that may hold anything has no place at Anthropic: name its properties.", "additionalProperties");
        }

        writer.WriteStartObject();
        if (!schema.Member("description"u8).Exists())
        {
            writer.WriteAsRead("description"u8, description);
        }

        foreach (var member in schema.EnumerateObject().Where(static member => !JsonSchemaWords.IsBound(member) && member.Name != "additionalProperties"))
        {
            writer.WritePropertyName(member.Name);
            WriteMember(writer, member);
        }

        if (isObject)
        {
            writer.WriteBoolean("additionalProperties"u8, false);
        }

        writer.WriteEndObject();
    }

    private static bool HoldsAnything(JsonElement schema)
    {
        var (named, others) = (schema.Member("properties"u8), schema.Member("additionalProperties"u8).ValueKind);
        return others != JsonValueKind.False && (named.ValueKind != JsonValueKind.Object || (others == JsonValueKind.True && !named.EnumerateObject().Any()));
    }

    private static void WriteMember(Utf8JsonWriter writer, JsonProperty member)
    {
        if (JsonSchemaWords.HoldsNamed(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var named in member.Value.EnumerateObject())
            {
                writer.WritePropertyName(named.Name);
                WriteSchema(writer, named.Value);
            }

            writer.WriteEndObject();
        }
        else if (member.Value.ValueKind == JsonValueKind.Array && !JsonSchemaWords.HoldsData(member.Name))
        {
            writer.WriteStartArray();
            foreach (var element in member.Value.EnumerateArray())
            {
                WriteSchema(writer, element);
            }

            writer.WriteEndArray();
        }
        else if (JsonSchemaWords.HoldsData(member.Name))
        {
            writer.WriteAsRead(member.Value);
        }
        else
        {
            WriteSchema(writer, member.Value);
        }
    }
}
