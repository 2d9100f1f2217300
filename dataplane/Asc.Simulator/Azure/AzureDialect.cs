using System.Text;
using System.Text.RegularExpressions;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Azure;

/// <summary>Azure OpenAI's ways: two kinds of key, a version in the query of every request but those of v1, headers of its own.</summary>
internal sealed partial class AzureDialect(KeyRing keys) : IDialect
{
    private const string KeyHeader = "api-key";
    private const string VersionParameter = "api-version";
    private const string FirstWithResponses = "2025-03-01-preview";

    public string Protocol => "azure";

    public ReadOnlyMemory<byte> BrokenJson { get; } = Encoding.UTF8.GetBytes("""{"id":"chatcmpl-broken","prompt_filter_results":[],"choices":[{"ind""");

    public IProviderError? Refusal(Exchange exchange)
    {
        var request = exchange.Context.Request;
        var key = request.Headers.TryGetValue(KeyHeader, out var sent) ? sent.ToString() : BearerKey.Of(request) ?? "";
        return !keys.Accepts(exchange.Region, exchange.Protocol, key) ? AzureError.AccessDenied
            : HasVersion(request) ? null
            : AzureError.NotFound;
    }

    public IProviderError UnknownPath(HttpRequest request) => AzureError.NotFound;

    public IProviderError WrongMethod(HttpRequest request) => AzureError.MethodNotAllowed;

    public IProviderError Injected(int status) => AzureError.Injected(status);

    public void WriteHeaders(Exchange exchange, IHeaderDictionary headers)
    {
        headers["apim-request-id"] = exchange.RequestId;
        headers["x-request-id"] = exchange.RequestId;
        headers["x-ms-region"] = exchange.Region switch
        {
            "eu" => "Sweden Central",
            "us" => "East US 2",
            var other => other,
        };
        headers["x-ms-rai-invoked"] = "true";
        headers["x-ratelimit-limit-requests"] = "1000";
        headers["x-ratelimit-remaining-requests"] = "999";
        headers["x-ratelimit-limit-tokens"] = "1000000";
        headers["x-ratelimit-remaining-tokens"] = "999000";
        if (AzureEndpoints.Deployment(exchange) is { } deployment)
        {
            headers["x-ms-deployment-name"] = deployment;
        }
    }

    private static bool HasVersion(HttpRequest request)
    {
        var version = request.Query[VersionParameter].ToString();
        return AzureEndpoints.IsV1(request) ? version is "" or "v1" or "preview" or "latest"
            : Versions().IsMatch(version) && (!AzureEndpoints.IsVersionedResponses(request) || string.CompareOrdinal(version, FirstWithResponses) >= 0);
    }

    [GeneratedRegex(@"^20[0-9]{2}-[0-9]{2}-[0-9]{2}(-preview)?\z")]
    private static partial Regex Versions();
}
