using System.Text.Json;
using Asc.Policy.Compilation;
using Asc.Policy.Validation;
using Tag = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Of a body's <c>metadata</c> the entries that the tenant's policy names as tags; all else in it is between the caller and the provider.</summary>
internal static class MetadataTags
{
    /// <summary>Adds the tags to <paramref name="tags"/>, where those of the header are already; null, or what is wrong.</summary>
    public static string? Read(ReadOnlySpan<byte> metadata, CompiledTags rules, List<Tag> tags)
    {
        try
        {
            return ReadEntries(metadata, rules, tags);
        }
        catch (InvalidOperationException)
        {
            return "\"metadata\" holds a string that is not Unicode text.";
        }
    }

    private static string? ReadEntries(ReadOnlySpan<byte> metadata, CompiledTags rules, List<Tag> tags)
    {
        var reader = new Utf8JsonReader(metadata);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return "\"metadata\" must be an object of strings.";
        }

        ulong seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(ref reader, rules);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
            }
            else if ((seen & (1UL << index)) != 0)
            {
                return $"\"{rules.Rules[index].Key}\" stands twice in \"metadata\".";
            }
            else if (Add(ref reader, rules.Rules[index], tags) is { } problem)
            {
                return problem;
            }
            else
            {
                seen |= 1UL << index;
            }
        }

        return null;
    }

    // Compared unescaped: "\u0062u" is the same key to whoever reads it after us.
    private static int IndexOf(ref Utf8JsonReader reader, CompiledTags rules)
    {
        for (var i = 0; i < rules.Rules.Count; i++)
        {
            if (reader.ValueTextEquals(rules.Rules[i].Key))
            {
                return i;
            }
        }

        return -1;
    }

    private static string? Add(ref Utf8JsonReader reader, CompiledTag rule, List<Tag> tags)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return $"\"metadata.{rule.Key}\" is a tag here: it must be a string.";
        }

        var value = TextOf(ref reader, rule);
        if (value.Length is 0 or > AttributionNames.TagValueMaximum || value.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            return $"\"metadata.{rule.Key}\" is a tag here: it must be 1 to {AttributionNames.TagValueMaximum} characters, none of them a control character.";
        }

        foreach (var tag in tags)
        {
            if (tag.Key == rule.Key)
            {
                return tag.Value == value ? null : $"The tag {rule.Key} is \"{tag.Value}\" in {TagHeader.Name} and \"{value}\" in \"metadata\": send one, or the same in both.";
            }
        }

        tags.Add(new(rule.Key, value));
        return null;
    }

    private static string TextOf(ref Utf8JsonReader reader, CompiledTag rule)
    {
        foreach (var allowed in rule.Allowed ?? [])
        {
            if (reader.ValueTextEquals(allowed))
            {
                return allowed;
            }
        }

        return reader.GetString()!;
    }
}
