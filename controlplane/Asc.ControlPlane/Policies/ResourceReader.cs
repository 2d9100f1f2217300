using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Switches;
using Asc.Persistence;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Policies;

/// <summary><c>get</c> and <c>describe</c>: the draft's resources, and how they stand.</summary>
internal sealed class ResourceReader(ControlPlaneStore store, PolicyLibrary library)
{
    public async Task<ListResourcesResponse> ListAsync(ListResourcesRequest request, CancellationToken cancellation)
    {
        var arguments = new ArgumentProblems();
        arguments.Kind(request.Kind);
        arguments.ThrowIfAny();
        var (draft, _, describe) = await ReadAsync(cancellation);
        return new ListResourcesResponse { Resources = { draft.Resources.Where(resource => resource.Kind == request.Kind).Select(describe) } };
    }

    public async Task<GetResourceResponse> GetAsync(GetResourceRequest request, CancellationToken cancellation)
    {
        var arguments = new ArgumentProblems();
        arguments.Kind(request.Kind);
        arguments.ThrowIfAny();
        var (draft, revision, describe) = await ReadAsync(cancellation);
        var resource = draft.Find(request.Kind, request.Name)
            ?? throw AdminException.NotFound($"The draft has no {request.Kind} \"{request.Name}\".", $"asc get {request.Kind.ToLowerInvariant()}s lists them.");
        return new GetResourceResponse { Resource = describe(resource), Revision = (ulong)revision };
    }

    private Task<(PolicyContent Draft, long Revision, Func<CanonicalResource, ListedResource> Describe)> ReadAsync(CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var (draft, revision) = await PolicyLibrary.DraftAsync(database, cancellation);
            var newest = await library.NewestAsync(database, cancellation);
            var switches = await SwitchReader.ReadAsync(database, cancellation);
            var published = (newest?.Content.Resources ?? []).ToDictionary(resource => (resource.Kind, resource.Name), resource => resource.Sha256);
            return (draft, revision, (Func<CanonicalResource, ListedResource>)(resource => new ListedResource
            {
                Resource = resource.Resource,
                Published = published.TryGetValue((resource.Kind, resource.Name), out var digest) && digest.AsSpan().SequenceEqual(resource.Sha256),
                Disabled = IsDisabled(resource, draft, switches),
            }));
        },
        cancellation);

    private static bool IsDisabled(CanonicalResource resource, PolicyContent draft, AccessSwitches switches) => resource.Kind switch
    {
        "Tenant" => switches.SuspendedTenants.Contains(draft.TenantIdOf(resource.Name)),
        "Provider" => switches.DisabledProviders.Contains(resource.Name),
        _ => switches.DisabledModels.Contains(resource.Name),
    };
}
