using Tag = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.Policy.Compilation;

/// <summary>One request's tags as its tenant's policy sees them; immutable, so that the request, its record and its refusal share them.</summary>
public sealed class RequestTags
{
    internal RequestTags(Tag[] items, Tag[] given, Tag? changed, ulong present, ulong refused)
    {
        (Items, Given, Changed, Present, Refused) = (items, given, changed, present, refused);
    }

    /// <summary>What the request is attributed to, by key; each key once.</summary>
    public IReadOnlyList<Tag> Items { get; }

    /// <summary>What the request itself says.</summary>
    public IReadOnlyList<Tag> Given { get; }

    /// <summary>What the key is bound to and the request says otherwise; null where it doesn't.</summary>
    public Tag? Changed { get; }

    /// <summary>A bit for each rule of the tenant's whose tag is there.</summary>
    internal ulong Present { get; }

    /// <summary>A bit for each rule of the tenant's that doesn't allow the value.</summary>
    internal ulong Refused { get; }

    /// <summary>The value of <paramref name="key"/>; null where there is none.</summary>
    public string? Find(string key)
    {
        foreach (var tag in Items)
        {
            if (tag.Key == key)
            {
                return tag.Value;
            }
        }

        return null;
    }
}
