using System.Globalization;
using System.Text;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Anthropic;

/// <summary>Anthropic's ways: two kinds of key, a version in every request, its error bodies, its headers.</summary>
internal sealed class AnthropicDialect(KeyRing keys, TimeProvider clock) : IDialect
{
    private const string OrganizationId = "00000000-0000-4000-8000-000000000000";

    // Each limit, and what is left of it; the minute in which it fills up again has always just begun.
    private static readonly (string Name, int Limit, int Remaining)[] Limits =
    [
        ("requests", 4_000, 3_999),
        ("tokens", 2_400_000, 2_399_000),
        ("input-tokens", 2_000_000, 1_999_000),
        ("output-tokens", 400_000, 400_000),
    ];

    public string Protocol => "anthropic";

    public ReadOnlyMemory<byte> BrokenJson { get; } = Encoding.UTF8.GetBytes("""{"id":"msg_broken","type":"message","content":[{"ty""");

    public IProviderError? Refusal(Exchange exchange)
    {
        var request = exchange.Context.Request;
        return !keys.Accepts(exchange.Region, exchange.Protocol, AnthropicHeaders.Key(request)) ? AnthropicHeaders.WrongKey(request)
            : AnthropicHeaders.Version(request) is null ? AnthropicHeaders.WrongVersion(request)
            : null;
    }

    public IProviderError UnknownPath(HttpRequest request) => AnthropicError.NotFound("Not Found");

    public IProviderError WrongMethod(HttpRequest request) => AnthropicError.MethodNotAllowed();

    public IProviderError Injected(int status) => AnthropicError.Injected(status);

    public void WriteHeaders(Exchange exchange, IHeaderDictionary headers)
    {
        headers["request-id"] = exchange.RequestId;
        headers["anthropic-organization-id"] = OrganizationId;
        var reset = clock.GetUtcNow().AddMinutes(1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        foreach (var (name, limit, remaining) in Limits)
        {
            headers[$"anthropic-ratelimit-{name}-limit"] = limit.ToString(CultureInfo.InvariantCulture);
            headers[$"anthropic-ratelimit-{name}-remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
            headers[$"anthropic-ratelimit-{name}-reset"] = reset;
        }
    }
}
