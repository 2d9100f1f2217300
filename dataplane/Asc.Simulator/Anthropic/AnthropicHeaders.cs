using Asc.Simulator.Dialects;

namespace Asc.Simulator.Anthropic;

/// <summary>The request headers that matter to the API.</summary>
internal static class AnthropicHeaders
{
    private const string KeyName = "x-api-key";
    private const string VersionName = "anthropic-version";

    /// <summary>The key that counts: <c>x-api-key</c> wins over <c>Authorization</c>. Empty if there is none.</summary>
    public static string Key(HttpRequest request) =>
        request.Headers.TryGetValue(KeyName, out var key) ? key.ToString() : BearerKey.Of(request) ?? "";

    /// <summary>Why the key is not good.</summary>
    public static AnthropicError WrongKey(HttpRequest request) =>
        request.Headers.ContainsKey(KeyName) ? AnthropicError.Unauthenticated("invalid x-api-key")
        : string.IsNullOrEmpty(BearerKey.Of(request)) ? AnthropicError.Unauthenticated("x-api-key header is required")
        : AnthropicError.Unauthenticated("Invalid bearer token");

    public static AnthropicVersion? Version(HttpRequest request) => request.Headers[VersionName].ToString() switch
    {
        "2023-06-01" => AnthropicVersion.First,
        "2026-10-21" => AnthropicVersion.Second,
        _ => null,
    };

    /// <summary>Why the version is not good.</summary>
    public static AnthropicError WrongVersion(HttpRequest request) => AnthropicError.Invalid(
        request.Headers.TryGetValue(VersionName, out var version)
            ? $"{VersionName}: \"{version}\" is not a valid version"
            : $"{VersionName}: header is required");

    /// <summary>Whether a beta is asked for whose name begins like that.</summary>
    public static bool HasBeta(HttpRequest request, string prefix) =>
        request.Headers["anthropic-beta"].ToString().Split(',', StringSplitOptions.TrimEntries)
            .Any(beta => beta.StartsWith(prefix, StringComparison.Ordinal));
}
