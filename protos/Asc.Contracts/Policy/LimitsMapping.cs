using Asc.Contracts.Policy.V1;
using Asc.Policy.Documents;

namespace Asc.Contracts.Policy;

/// <summary>From the wire's limits to the document's.</summary>
internal static class LimitsMapping
{
    public static TenantLimitsDocument ToDocument(this TenantLimits? limits) => limits is null
        ? TenantLimitsDocument.None
        : new(
            new(
                Count(limits.HasRequestsPerMinute, limits.RequestsPerMinute),
                Count(limits.HasTokensPerMinute, limits.TokensPerMinute),
                Count(limits.HasConcurrentRequests, limits.ConcurrentRequests)),
            Count(limits.HasMaxOutputTokens, limits.MaxOutputTokens),
            limits.PerKey.ToDocument(),
            [.. limits.Models.Select(ToDocument)]);

    public static LimitsDocument ToDocument(this Limits? limits) => limits is null
        ? LimitsDocument.None
        : new(
            Count(limits.HasRequestsPerMinute, limits.RequestsPerMinute),
            Count(limits.HasTokensPerMinute, limits.TokensPerMinute),
            Count(limits.HasConcurrentRequests, limits.ConcurrentRequests));

    private static ModelLimitsDocument ToDocument(ModelLimits limits) => new(
        [.. limits.Models],
        new(
            Count(limits.HasRequestsPerMinute, limits.RequestsPerMinute),
            Count(limits.HasTokensPerMinute, limits.TokensPerMinute),
            Count(limits.HasConcurrentRequests, limits.ConcurrentRequests)));

    // What is out of range is validation's to tell.
    private static long? Count(bool isSet, ulong value) => isSet ? (long)Math.Min(value, long.MaxValue) : null;
}
