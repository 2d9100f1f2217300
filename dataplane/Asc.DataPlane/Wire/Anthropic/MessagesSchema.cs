using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// Writes a JSON schema within what Anthropic takes (facts: 2.3): every object closed, no recursion, and no bounds, which the answer is then not
/// held to: it is policy that they may be lost.
/// </summary>
internal static class MessagesSchema
{
    /// <summary>What a schema, an object, does that has no place at Anthropic; null: nothing.</summary>
    public static string? Fault(JsonElement schema) => SchemaRecursion.IsIn(schema)
        ? "refers to itself ($ref), which has no place at Anthropic: write out as many levels as are needed."
        : FaultIn(schema);

    /// <exception cref="UntranslatableException">It has no place there.</exception>
    public static void Expect(OutputFormat format)
    {
        if (Fault(format.Schema) is { } problem)
        {
            throw new UntranslatableException(ErrorCode.UnsupportedFeature, $"\"{format.Path}\" {problem}", format.Path);
        }
    }

    /// <summary>Writes one of a tool's arguments, which are an object even where it doesn't say so.</summary>
    /// <param name="writer">What it is written to.</param>
    /// <param name="schema">An object without a <see cref="Fault"/>.</param>
    public static void WriteArguments(Utf8JsonWriter writer, JsonElement schema)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        WriteMembers(writer, schema, "type");
        writer.WriteBoolean("additionalProperties"u8, false);
        writer.WriteEndObject();
    }

    private static string? FaultIn(JsonElement schema)
    {
        if (schema.Member("additionalProperties"u8).ValueKind == JsonValueKind.Object)
        {
            return "leaves names open (additionalProperties with a schema), which has no place at Anthropic: name the properties.";
        }

        if (IsObject(schema) && HoldsAnything(schema))
        {
            // Closed it would be {} and nothing else.
            return "has an object that may hold anything, which has no place at Anthropic: name its properties.";
        }

        return Kept(schema).SelectMany(JsonSchemaWords.Schemas).Select(FaultIn).FirstOrDefault(static fault => fault is not null);
    }

    /// <summary>Whether it says that it is one of an object.</summary>
    public static bool IsObject(JsonElement schema) => schema.Member("type"u8).Is("object"u8) || schema.Member("properties"u8).Exists();

    private static IEnumerable<JsonProperty> Kept(JsonElement schema) => schema.EnumerateObject().Where(static member => !JsonSchemaWords.IsBound(member) && member.Name != "additionalProperties");

    /// <param name="writer">What it is written to.</param>
    /// <param name="schema">An object without a <see cref="Fault"/>, or anything in its place.</param>
    /// <param name="description">What it is for, a string, where the schema itself doesn't say; undefined: unknown.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement schema, JsonElement description = default)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteAsRead(schema);
            return;
        }

        writer.WriteStartObject();
        if (!schema.Member("description"u8).Exists())
        {
            writer.WriteAsRead("description"u8, description);
        }

        WriteMembers(writer, schema);
        if (IsObject(schema))
        {
            writer.WriteBoolean("additionalProperties"u8, false);
        }

        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement schema, string? but = null)
    {
        foreach (var member in Kept(schema).Where(member => member.Name != but))
        {
            writer.WritePropertyName(member.Name);
            WriteMember(writer, member);
        }
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
                Write(writer, named.Value);
            }

            writer.WriteEndObject();
        }
        else if (member.Value.ValueKind == JsonValueKind.Array && !JsonSchemaWords.HoldsData(member.Name))
        {
            writer.WriteStartArray();
            foreach (var element in member.Value.EnumerateArray())
            {
                Write(writer, element);
            }

            writer.WriteEndArray();
        }
        else if (JsonSchemaWords.HoldsData(member.Name))
        {
            writer.WriteAsRead(member.Value);
        }
        else
        {
            Write(writer, member.Value);
        }
    }
}
