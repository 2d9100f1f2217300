using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>
/// A child asks for no more than its parents give. An error where the child changed since the published version, a warning where a parent was
/// narrowed over it: the effective policy is the meet either way.
/// </summary>
internal sealed class ChildrenNarrow : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var published = context.Published?.Tenants.ToDictionary(tenant => tenant.Path, StringComparer.Ordinal);
        foreach (var tenant in context.Document.Tenants)
        {
            var before = published?.GetValueOrDefault(tenant.Path);
            var severity = before is not null && DeclaresAlike(before, tenant) ? ProblemSeverity.Warning : ProblemSeverity.Error;
            // Of a root only what it declares itself can be at odds.
            foreach (var problem in Models(tenant, context).Concat(Regions(tenant, context)).Concat(AttributionNarrows.Check(tenant, context)))
            {
                yield return problem with { Severity = severity };
            }
        }
    }

    private static bool DeclaresAlike(TenantDocument a, TenantDocument b) =>
        (a.AllowedModels ?? []).SequenceEqual(b.AllowedModels ?? []) && (a.AllowedRegions ?? []).SequenceEqual(b.AllowedRegions ?? []) && AttributionNarrows.DeclareAlike(a, b);

    private static IEnumerable<PolicyProblem> Models(TenantDocument tenant, ValidationContext context)
    {
        var own = tenant.AllowedModels ?? [];
        var ancestors = context.AncestorsOf(tenant).ToArray();
        for (var i = 0; i < own.Length; i++)
        {
            var (pattern, path) = (new NamePattern(own[i]), $"spec.models.allow[{i}]");
            var refusing = Array.Find(ancestors, ancestor => Declares(ancestor.AllowedModels is not null, ancestor) && !(ancestor.AllowedModels ?? []).Any(text => new NamePattern(text).Covers(pattern)));
            var denying = Array.Find(ancestors, ancestor => ancestor.DeniedModels.Any(text => new NamePattern(text).Covers(pattern)));
            if (denying is not null)
            {
                yield return Problems.Wider(tenant, path, $"{tenant.Path} allows \"{pattern.Text}\", and models.deny of {denying.Path} forbids it", $"remove it here, or from models.deny of {denying.Path}");
            }
            else if (refusing is not null)
            {
                yield return Problems.Wider(
                    tenant, path, $"{tenant.Path} allows \"{pattern.Text}\", and its parent {refusing.Path} allows {Problems.Declared(refusing)}", $"remove it here, or add it to models.allow of {refusing.Path}");
            }
        }
    }

    private static IEnumerable<PolicyProblem> Regions(TenantDocument tenant, ValidationContext context)
    {
        var own = tenant.AllowedRegions ?? [];
        for (var i = 0; i < own.Length; i++)
        {
            var region = own[i];
            var refusing = context.AncestorsOf(tenant).FirstOrDefault(ancestor => Declares(ancestor.AllowedRegions is not null, ancestor) && !(ancestor.AllowedRegions ?? []).Contains(region));
            if (refusing is not null)
            {
                var allowed = refusing.AllowedRegions is { Length: > 0 } regions ? string.Join(", ", regions) : "none";
                yield return Problems.Wider(
                    tenant, $"spec.residency.allow[{i}]", $"{tenant.Path} allows the region \"{region}\", and its parent {refusing.Path} allows {allowed}", $"remove it here, or add it to residency.allow of {refusing.Path}");
            }
        }
    }

    // A root that declares nothing gives nothing; between, what is absent is inherited.
    private static bool Declares(bool hasList, TenantDocument tenant) => hasList || tenant.ParentPath is null;
}
