using Asc.Contracts.Credentials;
using Asc.DataPlane.Admission;
using Asc.Policy.Decisions;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that whoever passes holds a key in force. Every carrier of a credential goes through here.</summary>
internal sealed class Authenticate(AccessList access, IKeyVerifier verifier) : IStage
{
    // Compared against when no such key exists, so that unknown ids take as long as known ones.
    private static readonly AccessKey NoKey = new("", "", new byte[32], null, revoked: false, Google.Protobuf.ByteString.Empty);

    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        if (exchange.Policy is null)
        {
            exchange.Fail(ErrorCode.NotReady, "This node has no policy yet.");
            return new(false);
        }

        return new(TryReadKey(exchange, out var text, out var presented) && TryVerify(exchange, text, presented));
    }

    private static bool TryReadKey(GatewayExchange exchange, out string text, out ReadOnlySpan<char> presented)
    {
        var headers = exchange.Http.Request.Headers;
        var (authorization, apiKey) = (headers.Authorization, headers["x-api-key"]);
        text = (apiKey.Count > 0 ? apiKey[0] : authorization.Count > 0 ? authorization[0] : null) ?? "";
        presented = BearerOf(authorization);
        if (Differ(authorization) || Differ(apiKey) || (apiKey.Count > 0 && authorization.Count > 0 && !presented.SequenceEqual(apiKey[0])))
        {
            exchange.Fail(ErrorCode.InvalidRequest, "The request carries two different credentials: send one, as \"Authorization: Bearer\" or as \"x-api-key\".");
            return false;
        }

        presented = apiKey.Count > 0 ? text : presented;
        if (presented.IsEmpty)
        {
            exchange.Fail(ErrorCode.InvalidApiKey, "No API key: send it as \"Authorization: Bearer asc_…\".");
            return false;
        }

        return true;
    }

    // Some proxies send a header twice: what says the same is one credential.
    private static bool Differ(StringValues values)
    {
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i] != values[0])
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> BearerOf(StringValues authorization)
    {
        var value = authorization.Count > 0 ? authorization[0].AsSpan() : default;
        return value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value[7..].Trim() : default;
    }

    private bool TryVerify(GatewayExchange exchange, string text, ReadOnlySpan<char> presented)
    {
        if (!BearerSecret.TryReadId(SecretKind.ApiKey, presented, out var id))
        {
            exchange.Fail(ErrorCode.InvalidApiKey, "The API key is not one of ASC's: those begin with asc_.");
            return false;
        }

        var found = access.Find(id);
        if (!Fits(exchange.Connection, found, text, presented))
        {
            exchange.Fail(ErrorCode.InvalidApiKey, "The API key is not known.");
            return false;
        }

        // The secret fits: from here on the record may say whose request it is.
        exchange.Key = found!;
        var verdict = verifier.StateOf(found!, exchange.StartedAt);
        if (verdict != ErrorCode.None)
        {
            exchange.Fail(verdict, verdict == ErrorCode.KeyRevoked ? $"The API key {found!.Id} is revoked." : $"The API key {found!.Id} expired at {found.ExpiresAt:u}.");
            return false;
        }

        return true;
    }

    private bool Fits(ClientConnection? connection, AccessKey? found, string text, ReadOnlySpan<char> presented)
    {
        if (connection?.Verified?.Covers(text, found) == true)
        {
            return true;
        }

        var fits = verifier.Fits(found ?? NoKey, presented) && found is not null;
        if (fits && connection is not null)
        {
            connection.Verified = new(text, found!);
        }

        return fits;
    }
}
