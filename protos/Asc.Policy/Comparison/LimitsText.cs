using System.Globalization;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Comparison;

/// <summary>Limits as fields of a declaration.</summary>
internal static class LimitsText
{
    public static IEnumerable<(string Field, string Value)> Of(string path, LimitsDocument limits) =>
    [
        ($"{path}.requestsPerMinute", Text(limits.RequestsPerMinute)),
        ($"{path}.tokensPerMinute", Text(limits.TokensPerMinute)),
        ($"{path}.concurrentRequests", Text(limits.ConcurrentRequests)),
    ];

    public static IEnumerable<(string Field, string Value)> Of(TenantLimitsDocument limits) =>
    [
        .. Of("limits", limits.Own),
        ("limits.maxOutputTokens", Text(limits.MaxOutputTokens)),
        .. Of("limits.perKey", limits.PerKey),
        ("limits.models", string.Join("; ", limits.Models.Select(Of))),
    ];

    /// <summary>Everything that limits the tenant, its ancestors' rules too.</summary>
    public static IReadOnlyCollection<string> Effective(CompiledTenant? tenant) => tenant is null
        ? []
        : [.. tenant.Lineage().SelectMany(at => Of(at.Document.Limits).Where(field => field.Value.Length > 0).Select(field => $"{field.Field} {field.Value} of {at.Path}{(at.Document.Observe.HasFlag(ObservedRules.Limits) ? " (observed only)" : "")}"))];

    private static string Of(ModelLimitsDocument models) =>
        $"{string.Join(", ", models.Models)}: {string.Join(", ", Of("", models.Limits).Where(field => field.Value.Length > 0).Select(field => $"{field.Field[1..]} {field.Value}"))}";

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
