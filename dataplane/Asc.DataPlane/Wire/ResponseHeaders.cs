using Asc.DataPlane.Rates;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Wire;

/// <summary>What every answer says of itself.</summary>
internal static class ResponseHeaders
{
    private static readonly StringValues One = new("1");

    public static void Write(GatewayExchange exchange, NodeIdentity node, TimeProvider clock)
    {
        var headers = exchange.Http.Response.Headers;
        var id = new StringValues(exchange.RequestId);
        headers["x-asc-request-id"] = id;
        headers[exchange.Dialect.RequestIdHeader] = id;
        headers["x-asc-node"] = node.NameHeader;
        if (exchange.Policy is { } policy)
        {
            headers["x-asc-policy-version"] = policy.VersionHeader;
        }

        if (exchange.Rates.Count > 0)
        {
            exchange.Dialect.WriteLimits(headers, TightestLimits.Of(exchange.Rates, Ticks.Now(clock), exchange.Workload.Reserve), clock);
        }

        if (exchange.Attempts > 0 && exchange.Candidate is { } candidate)
        {
            headers["x-asc-provider"] = candidate.Provider.Name;
            headers["x-asc-model"] = candidate.Model.Name;
            headers["x-asc-region"] = candidate.Region;
            headers["x-asc-attempts"] = exchange.Attempts == 1
                ? One
                : exchange.Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (exchange.Dropped is { Count: > 0 } dropped)
            {
                headers["x-asc-dropped"] = string.Join(", ", dropped);
            }
        }
    }
}
