using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Asc.Policy.Compilation;
using Tag = System.Collections.Generic.KeyValuePair<string, string>;

namespace Asc.DataPlane.Admission;

/// <summary>
/// What requests' own tags came to, as applications send the same few again and again: a fixed number of places, each for whoever came there last, so that
/// neither many tenants nor made-up values take more. Without a lock: an entry is never changed, and one that is overwritten is resolved again.
/// </summary>
internal static class ResolvedTags
{
    private const int Places = 1024;

    private static readonly Entry?[] Entries = new Entry?[Places];

    /// <inheritdoc cref="CompiledTags.Resolve"/>
    /// <param name="rules">The tenant's.</param>
    /// <param name="given">What the request says; no key twice.</param>
    /// <param name="bound">What the key is bound to; no key twice.</param>
    public static RequestTags Of(CompiledTags rules, List<Tag> given, ImmutableArray<Tag> bound)
    {
        ref var place = ref Entries[PlaceOf(rules, given)];
        if (place is { } known && known.Rules == rules && Same(known.Bound.AsSpan(), bound.AsSpan()) && Same(known.Given, CollectionsMarshal.AsSpan(given)))
        {
            return known.Tags;
        }

        var tags = rules.Resolve(given, bound);
        place = new(rules, bound, [.. given], tags);
        return tags;
    }

    private static int PlaceOf(CompiledTags rules, List<Tag> given)
    {
        var hash = RuntimeHelpers.GetHashCode(rules);
        foreach (var tag in given)
        {
            hash = HashCode.Combine(hash, tag.Key, tag.Value);
        }

        return (int)((uint)hash % Places);
    }

    private static bool Same(ReadOnlySpan<Tag> some, ReadOnlySpan<Tag> others)
    {
        if (some.Length != others.Length)
        {
            return false;
        }

        for (var i = 0; i < some.Length; i++)
        {
            if (some[i].Key != others[i].Key || some[i].Value != others[i].Value)
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Entry(CompiledTags Rules, ImmutableArray<Tag> Bound, Tag[] Given, RequestTags Tags);
}
