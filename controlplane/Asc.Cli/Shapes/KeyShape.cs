using Asc.Cli.Output;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal record KeyShape(
    string Id, string Tenant, string Name, string State, string? CreatedAt, string? ExpiresAt, string? LastUsedAt, string? RevokedAt,
    IReadOnlyList<string> Models, string? Owner, string? CreatedBy, SortedDictionary<string, string> Tags, IReadOnlyList<string> Workloads, IReadOnlyList<string> DataClasses,
    KeyLimitsShape? Limits)
{
    public static KeyShape Of(Key key) => new(
        key.Id, key.Tenant, key.Name, key.State, Instant.Text(key.CreatedAt), Instant.Text(key.ExpiresAt), Instant.Text(key.LastUsedAt),
        Instant.Text(key.RevokedAt), [.. key.Models], Some(key.Owner), Some(key.CreatedBy),
        new SortedDictionary<string, string>(key.Tags, StringComparer.Ordinal), [.. key.Workloads], [.. key.DataClasses], KeyLimitsShape.Of(key));

    /// <summary>What the key narrows and says, on one line; empty where nothing.</summary>
    public string Scope() => string.Join("; ", new[]
    {
        string.Join(", ", Models), string.Join(",", Tags.Select(tag => $"{tag.Key}={tag.Value}")), string.Join(", ", Workloads), string.Join(", ", DataClasses.Select(name => $"{name} data")),
    }.Where(part => part.Length > 0));

    protected static string? Some(string text) => text.Length > 0 ? text : null;
}

/// <summary>What a key itself may use; null where nothing is limited.</summary>
internal sealed record KeyLimitsShape(ulong? RequestsPerMinute, ulong? TokensPerMinute, ulong? ConcurrentRequests)
{
    public static KeyLimitsShape? Of(Key key) => new KeyLimitsShape(Some(key.RequestsPerMinute), Some(key.TokensPerMinute), Some(key.ConcurrentRequests)) is var limits && limits != None ? limits : null;

    private static KeyLimitsShape None { get; } = new(null, null, null);

    private static ulong? Some(ulong count) => count == 0 ? null : count;
}

/// <summary>The one time that the secret is shown.</summary>
internal sealed record IssuedKeyShape(KeyShape Issued, string Key, string? Replaces, IReadOnlyList<string> Warnings) : KeyShape(Issued)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public KeyShape Issued { get; } = Issued;

    public static IssuedKeyShape Of(IssuedKey issued) => new(Of(issued.Key), issued.Secret, Some(issued.Replaces), [.. issued.Warnings]);
}
