using System.Collections.Frozen;
using System.Globalization;
using Asc.Simulator.Faults;

namespace Asc.Simulator.OpenAi;

/// <summary>The response headers that the API sends with every answer.</summary>
internal sealed class OpenAiHeaders(TimeProvider clock)
{
    /// <summary>Sets them, and on top of them those of a fault.</summary>
    public void Write(Exchange exchange, Fault? fault)
    {
        var headers = exchange.Context.Response.Headers;
        var elapsed = (long)clock.GetElapsedTime(exchange.StartedAt).TotalMilliseconds;
        headers["x-request-id"] = WireId.New("req_", 24);
        headers["openai-processing-ms"] = elapsed.ToString(CultureInfo.InvariantCulture);
        headers["openai-version"] = "2020-10-01";
        headers["openai-organization"] = "org-simulator";
        headers["x-ratelimit-limit-requests"] = "10000";
        headers["x-ratelimit-remaining-requests"] = "9999";
        headers["x-ratelimit-reset-requests"] = "6ms";
        headers["x-ratelimit-limit-tokens"] = "2000000";
        headers["x-ratelimit-remaining-tokens"] = "1999000";
        headers["x-ratelimit-reset-tokens"] = "30ms";
        foreach (var (name, value) in fault?.Headers ?? FrozenDictionary<string, string>.Empty)
        {
            headers[name] = value;
        }
    }
}
