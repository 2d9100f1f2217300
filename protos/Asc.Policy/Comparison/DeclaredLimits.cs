using Asc.Policy.Documents;

namespace Asc.Policy.Comparison;

/// <summary>The limits that a tenant declares itself, as people read them.</summary>
public static class DeclaredLimits
{
    /// <summary>By the field's name, e.g. <c>limits.perKey.requestsPerMinute</c>; absent ones are left out.</summary>
    public static IEnumerable<(string Field, string Value)> Of(TenantDocument tenant) => LimitsText.Of(tenant.Limits).Where(field => field.Value.Length > 0);
}
