using Asc.Policy.Compilation;
using Asc.Policy.Validation;
using Microsoft.Extensions.Primitives;
using Tag = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.DataPlane.Wire;

/// <summary>
/// <c>x-asc-tags: bu=oncology,env=prod</c>. Strict: what could be read in two ways is refused. Blanks around the commas are as in any header list.
/// </summary>
internal static class TagHeader
{
    public const string Name = "x-asc-tags";
    public const int Maximum = 16;

    /// <summary>Adds the tags to <paramref name="tags"/>; null, or what is wrong. What the policy names costs no new text.</summary>
    public static string? Read(StringValues lines, CompiledTags rules, List<Tag> tags)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].AsSpan();
            foreach (var range in line.Split(','))
            {
                if (Add(line[range].Trim(' '), rules, tags) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static string? Add(ReadOnlySpan<char> text, CompiledTags rules, List<Tag> tags)
    {
        var cut = text.IndexOf('=');
        if (cut < 0)
        {
            return "it is a list of key=value, separated by commas, without a comma at the end";
        }

        var key = text[..cut];
        var value = text[(cut + 1)..];
        if (!AttributionNames.IsTagKey(key))
        {
            return $"a key is made of {AttributionNames.TagKeyRule}";
        }

        if (!AttributionNames.IsTagValue(value))
        {
            return $"the value of {key} is not made of {AttributionNames.TagValueRule}";
        }

        foreach (var tag in tags)
        {
            if (key.SequenceEqual(tag.Key))
            {
                return $"the key {key} stands twice";
            }
        }

        if (tags.Count == Maximum)
        {
            return $"it holds more than {Maximum} tags";
        }

        var rule = rules.Find(key);
        tags.Add(new(rule?.Key ?? key.ToString(), rule?.TextOf(value) ?? value.ToString()));
        return null;
    }
}
