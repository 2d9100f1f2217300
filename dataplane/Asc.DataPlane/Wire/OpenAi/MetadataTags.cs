using System.Text.Json;
using Asc.Policy.Compilation;
using Asc.Policy.Validation;
using Tag = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Of a body's <c>metadata</c> the entries that the tenant's policy names as tags; all else in it is between the caller and the provider, as long as
/// both read the same: no key stands twice.
/// </summary>
internal static class MetadataTags
{
    // Of what a message tells.
    private const int KeyShown = 64;

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
            return rules.Rules.Count == 0 ? null : "\"metadata\" must be an object of strings.";
        }

        // Compared unescaped: "\u0062u" is the same key to whoever reads it after us.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (!seen.Add(key))
            {
                return $"\"{(key.Length <= KeyShown ? key : key[..KeyShown])}\" stands twice in \"metadata\".";
            }

            if (RuleOf(key, rules) is not { } rule)
            {
                reader.Skip();
            }
            else if (Add(ref reader, rule, tags) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static CompiledTag? RuleOf(string key, CompiledTags rules)
    {
        foreach (var rule in rules.Rules)
        {
            if (rule.Key == key)
            {
                return rule;
            }
        }

        return null;
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
