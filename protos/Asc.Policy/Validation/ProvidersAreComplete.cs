using System.Net;
using System.Text.RegularExpressions;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A provider says what it speaks, where it is, where it processes and by which credential, and no prompt crosses a public network in the clear.</summary>
internal sealed partial class ProvidersAreComplete : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) => context.Document.Providers.SelectMany(Check);

    private static IEnumerable<PolicyProblem> Check(ProviderDocument provider)
    {
        if (provider.Protocol == ProviderProtocol.Unspecified)
        {
            yield return Problems.Required("Provider", provider.Name, "spec.protocol", "protocol: openai");
        }

        if (provider.CredentialSecret.Length == 0)
        {
            yield return Problems.Required("Provider", provider.Name, "spec.credential.secret", "credential: { secret: openai-eu }");
        }
        else if (!NamesAreWellFormed.Plain().IsMatch(provider.CredentialSecret))
        {
            yield return Problems.Error(
                "Provider", provider.Name, "spec.credential.secret", "invalid_name", "this is not the name of a secret",
                "name a secret of the nodes' own stores, in lower-case letters, digits, \"-\" and \".\"; never the secret itself");
        }

        if (provider.ApiVersion.Length > 0 && (provider.Protocol != ProviderProtocol.AzureOpenAi || !DatedVersion().IsMatch(provider.ApiVersion)))
        {
            yield return provider.Protocol == ProviderProtocol.AzureOpenAi
                ? Problems.Error("Provider", provider.Name, "spec.apiVersion", "invalid_value", $"\"{provider.ApiVersion}\" is no version of Azure's", "write a date, e.g. 2024-10-21 or 2025-04-01-preview, or leave it out for /openai/v1")
                : Problems.Error("Provider", provider.Name, "spec.apiVersion", "invalid_value", $"apiVersion is Azure's, and the provider speaks {provider.Protocol.Text()}", "remove it, or write protocol: azure-openai");
        }

        if (provider.Region.Length == 0)
        {
            yield return Problems.Required("Provider", provider.Name, "spec.region", "region: eu");
        }

        if (provider.BaseUrl.Length == 0)
        {
            yield return Problems.Required("Provider", provider.Name, "spec.baseUrl", "baseUrl: https://eu.api.openai.com/v1");
        }
        else if (UrlProblem(provider) is { } problem)
        {
            yield return problem;
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(-preview)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DatedVersion();

    private static PolicyProblem? UrlProblem(ProviderDocument provider)
    {
        PolicyProblem Problem(string code, string message, string fix) => Problems.Error("Provider", provider.Name, "spec.baseUrl", code, message, fix);
        if (!Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            return Problem("invalid_url", $"\"{provider.BaseUrl}\" is not an absolute http or https URL", "write it out, e.g. https://eu.api.openai.com/v1");
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return Problem("invalid_url", "baseUrl holds more than scheme, host, port and path", "remove user, query and fragment: a credential is named in spec.credential");
        }

        if (provider.PrivateNetwork)
        {
            return null;
        }

        if (url.Scheme == Uri.UriSchemeHttp)
        {
            return Problem("insecure_url", "prompts would cross a public network in the clear", "use https, or declare network: private");
        }

        return url.IsLoopback || IPAddress.TryParse(url.Host.Trim('[', ']'), out _)
            ? Problem("private_address", $"{url.Host} is an address, not a public name", "name the host, or declare network: private")
            : null;
    }
}
