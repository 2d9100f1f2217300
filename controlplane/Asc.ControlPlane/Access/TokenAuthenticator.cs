using Asc.Contracts.Credentials;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Access;

/// <summary>Bearer tokens: found by their public id, compared by hash in constant time, looked up at each call so that a revocation holds at once.</summary>
internal sealed class TokenAuthenticator(ControlPlaneStore store, NodeTokens nodeTokens) : ICallerAuthenticator
{
    private const string Scheme = "Bearer ";

    public async Task<AdminCaller> AuthenticateAdminAsync(HttpContext call)
    {
        var presented = Presented(call);
        var id = ReadId(SecretKind.AdminToken, presented, "an admin token");
        var token = await store.ReadAsync(
            database => database.AdminTokens.SingleOrDefaultAsync(token => token.Id == id, call.RequestAborted), call.RequestAborted);
        return token is { RevokedAt: null } && BearerSecret.Matches(presented, token.Sha256)
            ? new AdminCaller(token.Id, token.Name)
            : throw Refusal("The admin token is unknown or revoked.");
    }

    public async Task<NodeCaller> AuthenticateNodeAsync(HttpContext call)
    {
        var presented = Presented(call);
        var id = ReadId(SecretKind.NodeToken, presented, "a node token");
        return await nodeTokens.FindAsync(id, call.RequestAborted) is { } token && BearerSecret.Matches(presented, token.Sha256)
            ? new NodeCaller(token.Id, token.Pool, token.Region)
            : throw Refusal("The node token is unknown or revoked.");
    }

    public async Task<bool> IsStillValidAsync(NodeCaller caller, CancellationToken cancellation) => await nodeTokens.FindAsync(caller.TokenId, cancellation) is not null;

    private static string Presented(HttpContext call)
    {
        var header = call.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
    }

    private static string ReadId(SecretKind kind, string presented, string expected) =>
        BearerSecret.TryReadId(kind, presented, out var characters)
            ? kind.IdPrefix + characters.ToString()
            : throw Refusal(presented.Length == 0 ? $"The call carries no token; {expected} is needed." : $"What the call carries is not {expected}.");

    private static AdminException Refusal(string message) => new(AdminCodes.Unauthenticated, message);
}
