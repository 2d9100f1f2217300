namespace Asc.Policy.Compilation;

/// <summary>What a tenant's policy says of one tag: the meet of its own rules and its ancestors'.</summary>
/// <param name="Key">The tag's name.</param>
/// <param name="IsRequired">Whether every request carries it.</param>
/// <param name="Allowed">The values that it may have; null: any.</param>
/// <param name="Default">The value of a request that doesn't carry it; null: none.</param>
public sealed record CompiledTag(string Key, bool IsRequired, IReadOnlyList<string>? Allowed, string? Default)
{
    /// <summary>Whether it may have <paramref name="value"/>.</summary>
    public bool Allows(ReadOnlySpan<char> value) => Allowed is null || TextOf(value) is not null;

    /// <summary>The policy's own text for <paramref name="value"/>, so that a request needs none of its own; null where the policy doesn't name it.</summary>
    public string? TextOf(ReadOnlySpan<char> value)
    {
        for (var i = 0; i < (Allowed?.Count ?? 0); i++)
        {
            if (value.SequenceEqual(Allowed![i]))
            {
                return Allowed[i];
            }
        }

        return Default is not null && Allowed is null && value.SequenceEqual(Default) ? Default : null;
    }
}
