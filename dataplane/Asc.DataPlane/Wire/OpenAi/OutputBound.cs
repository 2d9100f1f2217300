using System.Runtime.CompilerServices;
using System.Text;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>The bound of its answer that a provider is told where the tenant has one and the caller names none; made once per policy version.</summary>
/// <param name="name">The field that says it.</param>
internal sealed class OutputBound(string name)
{
    private readonly ConditionalWeakTable<CompiledTenant, byte[]> tenants = [];
    private readonly ConditionalWeakTable<CompiledModelTraits, byte[]> models = [];

    /// <summary>Puts the tenant's into the request's body, or the model's own where that is less and more would be refused.</summary>
    public BodyEdit EditFor(GatewayExchange exchange, CompiledCandidate candidate)
    {
        var (tenant, traits) = (exchange.Tenant!, candidate.Model.Traits!);
        if (tenant.MaxOutputTokens is not { } maximum || exchange.Request.MaxOutput.Asked is not null)
        {
            return BodyEdit.None(exchange.Body.Memory);
        }

        return EditOf(
            exchange.Request,
            traits.MaxOutputTokens < maximum
                ? models.TryGetValue(traits, out var ofModel) ? ofModel : models.GetValue(traits, traits => Member(traits.MaxOutputTokens))
                : tenants.TryGetValue(tenant, out var ofTenant) ? ofTenant : tenants.GetValue(tenant, tenant => Member(tenant.MaxOutputTokens!.Value)));
    }

    /// <summary>The member that says <paramref name="maximum"/>, behind another one.</summary>
    internal byte[] Member(long maximum) => Encoding.UTF8.GetBytes($",\"{name}\":{maximum}");

    /// <summary>Puts it in. A member of that name that says null would be a second one.</summary>
    internal BodyEdit EditOf(in ModelRequest request, byte[] member)
    {
        var none = name == "max_tokens" ? request.MaxOutput.MaxTokensNull : request.MaxOutput.Null;
        return none.IsEmpty ? BodyEdit.Before(request.End, member) : BodyEdit.At(none, member.AsMemory(",\"\":".Length + name.Length));
    }
}
