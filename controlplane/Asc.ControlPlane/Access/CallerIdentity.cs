namespace Asc.ControlPlane.Access;

/// <summary>Who calls, once that is decided.</summary>
internal abstract record CallerIdentity;

/// <param name="Id">The token's.</param>
/// <param name="Name">The token's; the record's <em>who</em>.</param>
internal sealed record AdminCaller(string Id, string Name) : CallerIdentity;

/// <param name="TokenId">The token's.</param>
/// <param name="Pool">Whose nodes they are.</param>
/// <param name="Region">Where they are.</param>
internal sealed record NodeCaller(string TokenId, string Pool, string Region) : CallerIdentity;
