using System.Text;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Mistral;

/// <summary>Mistral's ways: bearer keys, two shapes of errors, a correlation id.</summary>
internal sealed class MistralDialect(KeyRing keys) : IDialect
{
    public string Protocol => "mistral";

    public ReadOnlyMemory<byte> BrokenJson { get; } = Encoding.UTF8.GetBytes("""{"id":"broken","object":"chat.completion","choices":[{"ind""");

    public IProviderError? Refusal(Exchange exchange) =>
        keys.Accepts(exchange.Region, exchange.Protocol, BearerKey.Of(exchange.Context.Request) ?? "") ? null : MistralDetail.Unauthorized;

    public IProviderError UnknownPath(HttpRequest request) => MistralDetail.NotFound;

    public IProviderError WrongMethod(HttpRequest request) => MistralDetail.MethodNotAllowed;

    public IProviderError Injected(int status) => MistralError.Injected(status);

    // The names of the limits' headers vary between accounts and are documented nowhere.
    public void WriteHeaders(Exchange exchange, IHeaderDictionary headers)
    {
        headers["mistral-correlation-id"] = exchange.RequestId;
        headers["x-ratelimit-limit-req-minute"] = "360";
        headers["x-ratelimit-remaining-req-minute"] = "359";
        headers["x-ratelimit-limit-tokens-minute"] = "2000000";
        headers["x-ratelimit-remaining-tokens-minute"] = "1999000";
    }
}
