using Tag = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.Policy.Compilation;

/// <summary>What a tenant's policy says of tags, each rule a bit. Shared by the tenants below that say no more.</summary>
public sealed class CompiledTags
{
    /// <summary>How many tags the policy of one tenant, its ancestors' included, may name.</summary>
    public const int Maximum = 64;

    private readonly CompiledTag[] rules;

    /// <exception cref="PolicyCompilationException">There are more than <see cref="Maximum"/>.</exception>
    internal CompiledTags(CompiledTag[] rules)
    {
        if (rules.Length > Maximum)
        {
            throw new PolicyCompilationException($"a tenant's policy names more than {Maximum} tags");
        }

        this.rules = rules;
        for (var i = 0; i < rules.Length; i++)
        {
            Required |= rules[i].IsRequired ? 1UL << i : 0;
        }

        Unsaid = Resolve([], []);
    }

    /// <summary>Nothing is said of any tag.</summary>
    internal static CompiledTags None { get; } = new([]);

    /// <summary>By tag.</summary>
    public IReadOnlyList<CompiledTag> Rules => rules;

    /// <summary>The tags of a request that carries none, by a key that is bound to none.</summary>
    public RequestTags Unsaid { get; }

    internal ulong Required { get; }

    /// <summary>The rule for <paramref name="key"/>; null where the policy doesn't mention it.</summary>
    public CompiledTag? Find(ReadOnlySpan<char> key) => IndexOf(key) is >= 0 and var index ? rules[index] : null;

    /// <summary>What a request's tags are: the key's, then what it says itself, then the defaults.</summary>
    /// <param name="given">What the request says; no key twice.</param>
    /// <param name="bound">What the key is bound to; no key twice.</param>
    public RequestTags Resolve(IReadOnlyList<Tag> given, IReadOnlyList<Tag> bound)
    {
        var effective = new List<Tag>(bound);
        Tag? changed = null;
        foreach (var tag in given)
        {
            if (!Has(bound, tag.Key, out var value))
            {
                effective.Add(tag);
            }
            else if (value != tag.Value)
            {
                changed ??= new(tag.Key, value);
            }
        }

        foreach (var rule in rules)
        {
            if (rule.Default is { } value && !Has(effective, rule.Key, out _))
            {
                effective.Add(new(rule.Key, value));
            }
        }

        effective.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var (present, refused) = Judge(effective);
        return new([.. effective], [.. given], changed, present, refused);
    }

    private (ulong Present, ulong Refused) Judge(List<Tag> effective)
    {
        var (present, refused) = (0UL, 0UL);
        foreach (var tag in effective)
        {
            if (IndexOf(tag.Key) is >= 0 and var index)
            {
                present |= 1UL << index;
                refused |= rules[index].Allows(tag.Value) ? 0 : 1UL << index;
            }
        }

        return (present, refused);
    }

    private int IndexOf(ReadOnlySpan<char> key)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            if (key.SequenceEqual(rules[i].Key))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Has(IReadOnlyList<Tag> tags, string key, out string value)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i].Key == key)
            {
                value = tags[i].Value;
                return true;
            }
        }

        value = "";
        return false;
    }
}
