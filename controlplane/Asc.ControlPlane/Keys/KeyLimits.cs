using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.Persistence.Keys;

namespace Asc.ControlPlane.Keys;

/// <summary>What a key itself may use, beside what limits its tenant; null: not limited.</summary>
internal sealed record KeyLimits(long? RequestsPerMinute, long? TokensPerMinute, long? ConcurrentRequests)
{
    private const ulong Maximum = 1_000_000_000_000;

    public bool IsNone => (RequestsPerMinute, TokensPerMinute, ConcurrentRequests) == (null, null, null);

    public static KeyLimits Of(CreateKeyRequest request) => new(Count(request.RequestsPerMinute), Count(request.TokensPerMinute), Count(request.ConcurrentRequests));

    public static KeyLimits Of(ApiKey key) => new(key.RequestsPerMinute, key.TokensPerMinute, key.ConcurrentRequests);

    public static void Validate(CreateKeyRequest request, ArgumentProblems problems) => problems.When(
        Math.Max(request.RequestsPerMinute, Math.Max(request.TokensPerMinute, request.ConcurrentRequests)) > Maximum, $"a limit is at most {Maximum}");

    private static long? Count(ulong value) => value == 0 ? null : (long)value;
}
