using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A credential is bound to one origin: whoever may edit policy can't have another provider's secret sent to a host of their own.</summary>
internal sealed class CredentialsHaveOneOrigin : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) => context.Document.Providers
        .Where(provider => provider.CredentialSecret.Length > 0 && OriginOf(provider) is not null)
        .GroupBy(provider => provider.CredentialSecret, StringComparer.Ordinal)
        // Told at each of them: which one is out of place only people know.
        .SelectMany(sharing => sharing
            .Select(provider => (provider, other: sharing.FirstOrDefault(other => OriginOf(other) != OriginOf(provider))))
            .Where(pair => pair.other is not null)
            .Select(pair => Shared(pair.provider, pair.other!)));

    // A URL that is none is another rule's business.
    private static string? OriginOf(ProviderDocument provider) => Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) && url.Host.Length > 0
        ? $"{url.Scheme}://{url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}"
        : null;

    private static PolicyProblem Shared(ProviderDocument provider, ProviderDocument other) => Problems.Error(
        "Provider", provider.Name, "spec.credential.secret", "shared_credential",
        $"the secret \"{provider.CredentialSecret}\" would be sent to two origins: {provider.Name} is at {OriginOf(provider)}, {other.Name} at {OriginOf(other)}",
        $"give {provider.Name} a secret of its own, or the origin of {other.Name}");
}
