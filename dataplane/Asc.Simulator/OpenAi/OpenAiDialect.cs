using System.Globalization;
using System.Text;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.OpenAi;

/// <summary>OpenAI's ways: bearer keys, its error bodies, its headers.</summary>
internal sealed class OpenAiDialect(KeyRing keys, TimeProvider clock) : IDialect
{
    public string Protocol => "openai";

    public ReadOnlyMemory<byte> BrokenJson { get; } = Encoding.UTF8.GetBytes("""{"id":"chatcmpl-broken","choices":[{"ind""");

    public IProviderError? Refusal(Exchange exchange)
    {
        var key = BearerKey.Of(exchange.Context.Request);
        return string.IsNullOrEmpty(key) ? OpenAiError.NoKey()
            : keys.Accepts(exchange.Region, exchange.Protocol, key) ? null
            : OpenAiError.WrongKey(key);
    }

    public IProviderError UnknownPath(HttpRequest request) => OpenAiError.UnknownUrl(request.Method, request.Path);

    public IProviderError WrongMethod(HttpRequest request) => OpenAiError.MethodNotAllowed(request.Method, request.Path);

    public IProviderError Injected(int status) => OpenAiError.Injected(status);

    public void WriteHeaders(Exchange exchange, IHeaderDictionary headers)
    {
        var elapsed = (long)clock.GetElapsedTime(exchange.StartedAt).TotalMilliseconds;
        headers["x-request-id"] = exchange.RequestId;
        headers["openai-processing-ms"] = elapsed.ToString(CultureInfo.InvariantCulture);
        headers["openai-version"] = "2020-10-01";
        headers["openai-organization"] = "org-simulator";
        headers["x-ratelimit-limit-requests"] = "10000";
        headers["x-ratelimit-remaining-requests"] = "9999";
        headers["x-ratelimit-reset-requests"] = "6ms";
        headers["x-ratelimit-limit-tokens"] = "2000000";
        headers["x-ratelimit-remaining-tokens"] = "1999000";
        headers["x-ratelimit-reset-tokens"] = "30ms";
    }
}
