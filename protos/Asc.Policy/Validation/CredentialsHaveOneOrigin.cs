using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A credential is bound to one origin: whoever may edit policy can't have another provider's secret sent to a host of their own.</summary>
internal sealed class CredentialsHaveOneOrigin : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) => context.Document.Providers
        .Where(provider => provider.CredentialSecret.Length > 0 && OriginOf(provider) is not null)
        .GroupBy(provider => provider.CredentialSecret, StringComparer.Ordinal)
        .SelectMany(sharing =>
        {
            var first = sharing.First();
            return sharing.Where(provider => OriginOf(provider) != OriginOf(first)).Select(provider => Shared(first, provider));
        });

    // A URL that is none is another rule's business.
    private static string? OriginOf(ProviderDocument provider) => Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) && url.Host.Length > 0
        ? $"{url.Scheme}://{url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}"
        : null;

    private static PolicyProblem Shared(ProviderDocument first, ProviderDocument other) => Problems.Error(
        "Provider", other.Name, "spec.credential.secret", "shared_credential",
        $"the secret \"{other.CredentialSecret}\" would be sent to two origins: {first.Name} is at {OriginOf(first)}, {other.Name} at {OriginOf(other)}",
        $"give {other.Name} a secret of its own, or the origin of {first.Name}");
}
