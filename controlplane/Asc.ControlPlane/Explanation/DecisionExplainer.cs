using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Admin;
using Asc.ControlPlane.Keys;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.ControlPlane.Switches;
using Asc.Persistence;
using Asc.Persistence.Keys;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Explanation;

/// <summary><c>explain --tenant --model</c>: what a node would decide now, by the same code.</summary>
internal sealed class DecisionExplainer(ControlPlaneStore store, PolicyLibrary library, TimeProvider time)
{
    public Task<ExplainResponse> ExplainAsync(ExplainRequest request, CancellationToken cancellation) => store.ReadAsync(
        async database =>
        {
            var (content, policy) = await library.ReadAsync(database, request.Draft, cancellation);
            var key = request.KeyId.Length == 0 ? null : await KeyAsync(database, request, cancellation);
            var path = key?.TenantPath ?? request.Tenant;
            var tenant = policy.FindTenant(path)
                ?? throw AdminException.NotFound($"There is no tenant \"{path}\" in {(request.Draft ? "the draft" : $"version {policy.Version}")}.", "asc get tenants lists them.");
            if (key is not null && KeyView.StateOf(key, time.GetUtcNow()) is var state and not "active")
            {
                return Refused(key, state, policy.Version);
            }

            var scope = key is null ? null : KeyScope.Of(key);
            await CheckRegionAsync(database, policy, request.Region, cancellation);
            var region = request.Region.Length > 0 ? request.Region : policy.RegionsOf(tenant) is [var first, ..] ? first : "";
            NamePattern[]? keyModels = scope is { Models.Count: > 0 } ? [.. scope.Models.Select(model => new NamePattern(model))] : null;
            var facts = new RequestFacts(tenant, policy.FindName(request.Model), policy.Regions.BitOf(region), keyModels, await SwitchReader.ReadAsync(database, cancellation))
            {
                Attribution = RequestAttribution.Of(
                    policy, tenant, scope?.ToAttribution(), [.. request.Tags], request.Workload.Length > 0 ? request.Workload : null, request.DataClasses),
                Shape = ImaginedShape.Of(request),
                KeyLimits = key is null ? null : [.. LimitsOf(key)],
                Routing = new(Day: RoutingInputs.DayOf(time.GetUtcNow())),
            };
            return PolicyExplainer.Explain(policy, facts, request.Model, region, isForeseen: true).ToWire(policy.Version, content);
        },
        cancellation);

    private static IEnumerable<CompiledLimit> LimitsOf(ApiKey key) =>
        new (LimitKind Kind, long? Value)[] { (LimitKind.Requests, key.RequestsPerMinute), (LimitKind.Tokens, key.TokensPerMinute), (LimitKind.Concurrent, key.ConcurrentRequests) }
            .Where(limit => limit.Value is > 0).Select(limit => CompiledLimit.OfKey(key.Id, limit.Kind, limit.Value!.Value));

    // A misspelt region would be answered with a denial that is true of no node.
    private static async Task CheckRegionAsync(ControlPlaneContext database, CompiledPolicy policy, string region, CancellationToken cancellation)
    {
        var known = RegionTable.RegionsOf(policy.Document).ToList();
        if (region.Length == 0 || known.Contains(region, StringComparer.Ordinal))
        {
            return;
        }

        known.AddRange(await database.Nodes.AsNoTracking().Select(node => node.Region).Distinct().ToListAsync(cancellation));
        if (!known.Contains(region, StringComparer.Ordinal))
        {
            var near = Suggestion.For(region, known);
            throw AdminException.NotFound(
                $"No node, provider, model or tenant knows a region \"{region}\".",
                near is null ? $"Known are {string.Join(", ", known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}." : $"Did you mean \"{near}\"?");
        }
    }

    private static async Task<ApiKey> KeyAsync(ControlPlaneContext database, ExplainRequest request, CancellationToken cancellation)
    {
        var key = await database.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Id == request.KeyId, cancellation)
            ?? throw AdminException.NotFound($"There is no key {request.KeyId}.", "asc get keys lists them.");
        return request.Tenant.Length == 0 || key.TenantPath == request.Tenant
            ? key
            : throw new AdminException(AdminCodes.InvalidArgument, $"The key {request.KeyId} is {key.TenantPath}'s, not {request.Tenant}'s.");
    }

    // A node asks no policy about it.
    private static ExplainResponse Refused(ApiKey key, string state, ulong version) => new()
    {
        Verdict = "deny",
        Code = (state == "revoked" ? ErrorCode.KeyRevoked : ErrorCode.KeyExpired).WireName(),
        PolicyVersion = version,
        Message = $"The API key {key.Id} is {state}: whatever it asks for is refused before any rule is asked.",
    };
}
