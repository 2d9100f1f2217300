using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Policies;

namespace Asc.ControlPlane.Telemetry;

/// <summary>Whose a record is, or why it is refused.</summary>
internal readonly record struct Judgement(string Tenant, string? Refusal)
{
    public static Judgement Accept(string tenant) => new(tenant, null);

    public static Judgement Refuse(string why) => new("", why);
}

/// <summary>
/// Whether a region may report a record: a node speaks for tenants that its region may serve, and of others only that it turned them away.
/// </summary>
/// <param name="region">The token's.</param>
/// <param name="policies">The versions that the records name; the newest for those that don't exist.</param>
/// <param name="keys">The keys that they name.</param>
internal sealed class RecordJudge(string region, Func<ulong, PublishedPolicy?> policies, IReadOnlyDictionary<string, (string TenantPath, string TenantId)> keys)
{
    public Judgement Judge(ExecutionRecord record)
    {
        if (record.Region != region)
        {
            return Judgement.Refuse($"the record is of region \"{record.Region}\", and the node's token is for \"{region}\"");
        }

        if (!keys.TryGetValue(record.KeyId, out var key))
        {
            return JudgeWithoutKey(record);
        }

        if (record.Tenant.Length > 0 && record.Tenant != key.TenantPath)
        {
            return Judgement.Refuse($"the key {record.KeyId} is another tenant's than the record says");
        }

        if (IsServed(record, policy => policy.Compiled.FindTenantById(key.TenantId)))
        {
            return Judgement.Accept(key.TenantPath);
        }

        return record.Outcome == Outcome.Denied && IsTurnedAway(record)
            ? Judgement.Accept(key.TenantPath)
            : Judgement.Refuse($"the tenant of the key {record.KeyId} may not be served in \"{region}\"");
    }

    private Judgement JudgeWithoutKey(ExecutionRecord record)
    {
        if (record is { Tenant: "", TenantId: "" })
        {
            return IsTurnedAway(record) ? Judgement.Accept("") : Judgement.Refuse("a provider was called for nobody");
        }

        return IsServed(record, policy => record.Tenant.Length > 0 ? policy.Compiled.FindTenant(record.Tenant) : policy.Compiled.FindTenantById(record.TenantId))
            ? Judgement.Accept(record.Tenant)
            : Judgement.Refuse($"the record's tenant may not be served in \"{region}\"");
    }

    private bool IsServed(ExecutionRecord record, Func<PublishedPolicy, Asc.Policy.Compilation.CompiledTenant?> find) =>
        policies(record.PolicyVersion) is { } policy && find(policy) is { } tenant && policy.Compiled.RegionsOf(tenant).Contains(region);

    private static bool IsTurnedAway(ExecutionRecord record) =>
        record.Provider.Length == 0 && record.Attempts == 0 && record.Usage is null or { Input: 0, Output: 0, CachedRead: 0, CacheWrite: 0 } && record.Outcome != Outcome.Ok;
}
