using System.Collections.Frozen;
using Asc.Policy.Compilation;

namespace Asc.Policy.Evaluation;

/// <summary>
/// What admins have switched off beside the policy: it tightens only, takes effect without a publish, and no policy version undoes it.
/// </summary>
/// <param name="Sequence">How far the access sequence had come.</param>
/// <param name="SuspendedTenants">Tenant ids; a suspension covers the tenants below.</param>
/// <param name="DisabledModels">Model names.</param>
/// <param name="DisabledProviders">Provider names.</param>
public sealed record AccessSwitches(
    ulong Sequence, FrozenSet<string> SuspendedTenants, FrozenSet<string> DisabledModels, FrozenSet<string> DisabledProviders)
{
    /// <summary>Nothing is switched off.</summary>
    public static AccessSwitches None { get; } = new(0, [], [], []);

    /// <summary>The tenant whose suspension covers <paramref name="tenant"/>, itself or above; null where none does.</summary>
    public CompiledTenant? SuspensionOver(CompiledTenant tenant)
    {
        if (SuspendedTenants.Count == 0)
        {
            return null;
        }

        for (var at = tenant; at is not null; at = at.Parent)
        {
            if (SuspendedTenants.Contains(at.Id))
            {
                return at;
            }
        }

        return null;
    }
}
