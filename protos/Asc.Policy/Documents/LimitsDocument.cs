using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>How much may be used; null: not limited.</summary>
/// <param name="RequestsPerMinute">Smoothly: ten seconds' worth at once.</param>
/// <param name="TokensPerMinute">Read and generated together, as smoothly.</param>
/// <param name="ConcurrentRequests">Between the admission and the answer's end.</param>
public sealed record LimitsDocument(long? RequestsPerMinute = null, long? TokensPerMinute = null, long? ConcurrentRequests = null)
{
    /// <summary>Nothing is limited.</summary>
    public static LimitsDocument None { get; } = new();
}

/// <summary>What a tenant declares, counted over itself and all below it.</summary>
/// <param name="Own">Of all requests together.</param>
/// <param name="MaxOutputTokens">Of one request.</param>
/// <param name="PerKey">Of each key of the tenant and below, for itself.</param>
/// <param name="Models">Of the requests for some names.</param>
public sealed record TenantLimitsDocument(LimitsDocument Own, long? MaxOutputTokens, LimitsDocument PerKey, ImmutableArray<ModelLimitsDocument> Models)
{
    /// <summary>Nothing is limited.</summary>
    public static TenantLimitsDocument None { get; } = new(LimitsDocument.None, null, LimitsDocument.None, []);
}

/// <summary>Limits of requests that ask for some names, together.</summary>
/// <param name="Models">Names or prefix patterns.</param>
/// <param name="Limits">What is limited.</param>
public sealed record ModelLimitsDocument(ImmutableArray<string> Models, LimitsDocument Limits);
