using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A path shows the parent, so the parent is declared.</summary>
internal sealed class TenantsHaveParents : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) =>
        from tenant in context.Document.Tenants
        let parent = tenant.ParentPath
        where parent is not null && !context.Tenants.ContainsKey(parent)
        select Problems.Dangling("Tenant", tenant.Path, "metadata.path", "Tenant", parent, context.Tenants.Keys.Where(path => TenantDocument.ParentOf(path) == TenantDocument.ParentOf(parent)));
}
