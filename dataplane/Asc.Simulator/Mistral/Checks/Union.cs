using System.Collections.Frozen;
using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>An object one of whose fields says which of several kinds it is. The kind becomes a part of the place, as the API has it.</summary>
internal sealed class Union(string discriminator, params (string Tag, ValueRule Rule)[] kinds)
{
    private readonly FrozenDictionary<string, ValueRule> _kinds = kinds.ToFrozenDictionary(kind => kind.Tag, kind => kind.Rule, StringComparer.Ordinal);
    private readonly string _tags = string.Join(", ", kinds.Select(kind => $"'{kind.Tag}'"));

    public IEnumerable<Problem> Check(Location at, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [Problem.NotObject(at, value)];
        }

        if (value.TextOf(discriminator) is not { } tag)
        {
            return [new("union_tag_not_found", at, $"Unable to extract tag using discriminator '{discriminator}'", value)];
        }

        return _kinds.TryGetValue(tag, out var rule)
            ? rule(at.Then(tag), value)
            : [new("union_tag_invalid", at, $"Input tag '{tag}' found using '{discriminator}' does not match any of the expected tags: {_tags}", value)];
    }
}
