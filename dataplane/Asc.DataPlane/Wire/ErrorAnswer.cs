namespace Asc.DataPlane.Wire;

/// <summary>An error as the whole answer, in the client's own protocol.</summary>
internal static class ErrorAnswer
{
    public static async ValueTask WriteAsync(GatewayExchange exchange, GatewayError error)
    {
        var response = exchange.Http.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Resilience.RetryAfter.Seconds(wait);
            response.Headers["retry-after-ms"] = Resilience.RetryAfter.Milliseconds(wait);
        }

        if (!error.RetryMayHelp)
        {
            response.Headers["x-should-retry"] = "false";
        }

        var body = exchange.Dialect.ErrorBody(error, exchange.RequestId);
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, exchange.Http.RequestAborted);
    }
}
