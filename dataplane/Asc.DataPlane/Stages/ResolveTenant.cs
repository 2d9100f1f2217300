using Asc.DataPlane.Admission;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that the key's tenant is in the pinned policy, active, and may be served in this region: before the body is read.</summary>
internal sealed class ResolveTenant(AccessList access, NodeIdentity node) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var (policy, key) = (exchange.Policy!, exchange.Key!);
        exchange.Tenant = policy.Compiled.FindTenantById(key.TenantId);
        if (exchange.Tenant is null)
        {
            RefuseForeign(exchange);
            return new(false);
        }

        if (access.GrantOf(key) is not { } grant)
        {
            exchange.Fail(ErrorCode.NotReady, $"What the key {key.Id} may use has not reached this node yet.");
            return new(false);
        }

        exchange.KeyModels = grant.Models;
        exchange.Attribution = new(grant.AttributionIn(policy.Compiled, exchange.Tenant));
        exchange.Grant = grant;
        return new(exchange.Passes(PolicyEvaluator.AdmitCaller(exchange.Facts), node));
    }

    // Of a tenant that this region may not serve the node knows no more than where it may be served.
    private void RefuseForeign(GatewayExchange exchange)
    {
        if (exchange.Policy!.Elsewhere.TryGetValue(exchange.Key!.TenantId, out var regions))
        {
            exchange.Deny(
                PolicyRule.NodeRegion, ErrorCode.ResidencyViolation,
                regions.Length > 0
                    ? $"The tenant of the key {exchange.Key.Id} may not be served in region \"{node.Region}\": residency.allow permits {string.Join(", ", regions)}. Send the request to a node there."
                    : $"The tenant of the key {exchange.Key.Id} may not be served anywhere: residency.allow permits no region.");
        }
        else
        {
            exchange.Fail(ErrorCode.InvalidApiKey, $"The tenant of the key {exchange.Key.Id} is not part of policy version {exchange.Policy.Version}.");
        }
    }
}
