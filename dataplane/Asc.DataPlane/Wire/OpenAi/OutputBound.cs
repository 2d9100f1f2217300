using System.Runtime.CompilerServices;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>The bound of its answer that a provider is told where the tenant has one and the caller names none; made once per policy version.</summary>
/// <param name="name">The field that says it.</param>
internal sealed class OutputBound(string name)
{
    private readonly ConditionalWeakTable<CompiledTenant, byte[]> tenants = [];
    private readonly ConditionalWeakTable<CompiledModelTraits, byte[]> models = [];

    /// <summary>What <see cref="ForwardedChatBody.OutputMember"/> makes of it: the tenant's, or the model's own where that is less and more would be refused; empty: none.</summary>
    public ReadOnlyMemory<byte> MemberFor(GatewayExchange exchange, CompiledCandidate candidate)
    {
        var (tenant, traits) = (exchange.Tenant!, candidate.Model.Traits!);
        if (tenant.MaxOutputTokens is not { } maximum || exchange.Request.MaxOutput.Asked is not null)
        {
            return default;
        }

        return traits.MaxOutputTokens < maximum
            ? models.TryGetValue(traits, out var ofModel) ? ofModel : models.GetValue(traits, traits => ForwardedChatBody.OutputMember(name, traits.MaxOutputTokens).ToArray())
            : tenants.TryGetValue(tenant, out var ofTenant) ? ofTenant : tenants.GetValue(tenant, tenant => ForwardedChatBody.OutputMember(name, tenant.MaxOutputTokens!.Value).ToArray());
    }
}
