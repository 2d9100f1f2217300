namespace Asc.Simulator.Dialects;

/// <summary>The key in an <c>Authorization: Bearer</c> header.</summary>
internal static class BearerKey
{
    private const string Scheme = "Bearer ";

    /// <summary>Null if there is no such header; empty if there is no key in it.</summary>
    public static string? Of(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
    }
}
