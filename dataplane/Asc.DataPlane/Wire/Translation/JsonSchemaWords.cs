using System.Collections.Frozen;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>The words of a JSON schema, by what they hold, and which of them are bounds that not every provider can hold an answer to (facts: 2.3).</summary>
internal static class JsonSchemaWords
{
    private const int Longest = 32;
    private const double MaxSafeInteger = 9007199254740991;

    private static readonly FrozenSet<string> Bounds = new[]
    {
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains",
        "prefixItems", "minProperties", "maxProperties", "patternProperties", "propertyNames", "dependentSchemas", "dependentRequired", "if", "then", "else", "not", "unevaluatedProperties",
        "unevaluatedItems",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Named = new[] { "properties", "$defs", "definitions" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Data = new[] { "enum", "const", "default", "examples", "required" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is a bound, be it one that everything is within. That there is something in a list is none: that much everybody can be held to.</summary>
    public static bool IsBound(JsonProperty member) =>
        Bounds.Contains(member.Name) && !(member.NameEquals("minItems"u8) && member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var least) && least <= 1);

    /// <summary>Whether it holds schemas by names, which are no words.</summary>
    public static bool HoldsNamed(string word) => Named.Contains(word);

    /// <summary>Whether it holds data.</summary>
    public static bool HoldsData(string word) => Data.Contains(word);

    /// <summary>The schemas, objects, that a member of a schema holds.</summary>
    public static IEnumerable<JsonElement> Schemas(JsonProperty member)
    {
        var value = member.Value;
        IEnumerable<JsonElement> held = value.ValueKind switch
        {
            _ when HoldsData(member.Name) => [],
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Object when HoldsNamed(member.Name) => value.EnumerateObject().Select(static named => named.Value),
            _ => [value],
        };
        return held.Where(static one => one.ValueKind == JsonValueKind.Object);
    }

    /// <summary>Moves to the first bound of the schema that an object has under a name.</summary>
    /// <returns>False where there is none.</returns>
    public static bool MovesToBound(scoped ref Utf8JsonReader value, scoped ReadOnlySpan<byte> name) => value.MovesTo(name) && Binds(ref value);

    // Stops within the schema as soon as it knows.
    private static bool Binds(ref Utf8JsonReader schema)
    {
        if (schema.TokenType == JsonTokenType.StartArray)
        {
            while (schema.Read() && schema.TokenType != JsonTokenType.EndArray)
            {
                if (Binds(ref schema))
                {
                    return true;
                }
            }
        }
        else if (schema.TokenType == JsonTokenType.StartObject)
        {
            while (schema.Read() && schema.TokenType == JsonTokenType.PropertyName)
            {
                if (MemberBinds(ref schema))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Libraries bound every integer by those that JavaScript has.
    private static bool SaysNothing(scoped ReadOnlySpan<char> word, ref Utf8JsonReader bound) => bound.TokenType == JsonTokenType.Number && bound.TryGetDouble(out var number)
        ? word switch
        {
            "minimum" or "exclusiveMinimum" => number <= -MaxSafeInteger,
            "maximum" or "exclusiveMaximum" => number >= MaxSafeInteger,
            "minItems" => number <= 1,
            "minLength" or "minProperties" => number <= 0,
            _ => false,
        }
        : bound.TokenType == JsonTokenType.False && word is "uniqueItems";

    // False: it is passed over.
    private static bool Skips(ref Utf8JsonReader value)
    {
        value.Skip();
        return false;
    }

    private static bool MemberBinds(ref Utf8JsonReader member)
    {
        Span<char> text = stackalloc char[Longest];
        var word = member.ValueSpan.Length <= Longest ? text[..member.CopyString(text)] : default;
        member.Read();
        if (Bounds.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
        {
            return !SaysNothing(word, ref member) || Skips(ref member);
        }

        if (Named.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) && member.TokenType == JsonTokenType.StartObject)
        {
            while (member.Read() && member.TokenType == JsonTokenType.PropertyName)
            {
                member.Read();
                if (Binds(ref member))
                {
                    return true;
                }
            }
        }
        else if (Data.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
        {
            return Skips(ref member);
        }
        else
        {
            return Binds(ref member);
        }

        return false;
    }
}
