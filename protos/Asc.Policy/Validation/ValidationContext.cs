using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>What rules look at.</summary>
internal sealed class ValidationContext(PolicyDocument document, PolicyDocument? published)
{
    public PolicyDocument Document { get; } = document;

    /// <summary>What is enforced now; null where nothing is.</summary>
    public PolicyDocument? Published { get; } = published;

    /// <summary>Tenants by path; of duplicates the first.</summary>
    public Dictionary<string, TenantDocument> Tenants { get; } = First(document.Tenants, tenant => tenant.Path);

    public Dictionary<string, ModelDocument> Models { get; } = First(document.Models, model => model.Name);

    public Dictionary<string, RouteDocument> Routes { get; } = First(document.Routes, route => route.Name);

    public Dictionary<string, ProviderDocument> Providers { get; } = First(document.Providers, provider => provider.Name);

    /// <summary>Everything that a request may ask for.</summary>
    public IEnumerable<string> Names => Models.Keys.Concat(Routes.Keys);

    /// <summary>The tenants above <paramref name="tenant"/>, the nearest first, as far as they are declared.</summary>
    public IEnumerable<TenantDocument> AncestorsOf(TenantDocument tenant) =>
        TenantDocument.PathsAbove(tenant.Path).Select(Tenants.GetValueOrDefault).OfType<TenantDocument>();

    private static Dictionary<string, T> First<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.DistinctBy(name, StringComparer.Ordinal).ToDictionary(name, StringComparer.Ordinal);
}
