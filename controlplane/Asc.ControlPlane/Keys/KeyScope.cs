using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.Persistence.Keys;
using Asc.Policy.Compilation;

namespace Asc.ControlPlane.Keys;

/// <summary>What a key narrows, and what it says of every request that comes by it.</summary>
/// <param name="Models">Patterns; empty: all that the tenant may use.</param>
/// <param name="Tags">Bound; by key, as "key=value".</param>
/// <param name="Workloads">Empty: all that the tenant takes.</param>
/// <param name="DataClasses">A floor.</param>
internal sealed record KeyScope(IReadOnlyList<string> Models, IReadOnlyList<string> Tags, IReadOnlyList<string> Workloads, IReadOnlyList<string> DataClasses)
{
    public bool IsEmpty => Models.Count + Tags.Count + Workloads.Count + DataClasses.Count == 0;

    public static KeyScope Of(CreateKeyRequest request) => new(
        [.. request.Models], [.. request.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")], [.. request.Workloads], [.. request.DataClasses]);

    public static KeyScope Of(ApiKey key) => new(key.Models, key.Tags, key.Workloads, key.DataClasses);

    /// <summary>As nodes get it.</summary>
    public KeyGrant ToGrant()
    {
        var grant = new KeyGrant { Models = { Models }, Workloads = { Workloads }, DataClasses = { DataClasses } };
        foreach (var tag in Pairs())
        {
            grant.Tags.Add(tag.Key, tag.Value);
        }

        return grant;
    }

    /// <summary>As the evaluator takes it; null where the key says nothing.</summary>
    public KeyAttribution? ToAttribution() => Tags.Count + Workloads.Count + DataClasses.Count == 0 ? null : new([.. Pairs()], [.. Workloads], [.. DataClasses]);

    public IEnumerable<KeyValuePair<string, string>> Pairs() => Tags.Select(tag => tag.Split('=', 2)).Select(parts => new KeyValuePair<string, string>(parts[0], parts[1]));
}
