using System.Globalization;
using System.Text.Json;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Azure;

/// <summary>An error of the platform rather than of the model: <c>{"error":{"code","message"}}</c>.</summary>
internal sealed record AzureError(int Status, string Code, string Message) : IProviderError
{
    public static AzureError AccessDenied { get; } = Of(
        401, "Access denied due to invalid subscription key or wrong API endpoint. "
        + "Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.");

    public static AzureError NotFound { get; } = Of(404, "Resource not found");

    public static AzureError MethodNotAllowed { get; } = Of(405, "Method not allowed");

    public static AzureError DeploymentNotFound { get; } = new(
        404, "DeploymentNotFound", "The API deployment for this resource does not exist. "
        + "If you created the deployment within the last 5 minutes, please wait a moment and try again.");

    /// <summary>What the platform says when it answers <paramref name="status"/> for reasons of its own.</summary>
    public static AzureError Injected(int status) => status switch
    {
        401 => AccessDenied,
        403 => Of(403, "Public access is disabled. Please configure private endpoint."),
        404 => NotFound,
        408 => new(408, "Timeout", "The operation was timeout."),
        429 => Of(429, "Requests have exceeded the call rate limit of your current pricing tier. Please retry after 7 seconds."),
        503 => new(503, "ServiceUnavailable", "The service is temporarily unable to process your request. Please try again later."),
        >= 500 => new(status, "InternalServerError", "The server had an error while processing your request. Sorry about that!"),
        _ => new(status, "BadRequest", "The request was refused."),
    };

    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", Code);
        json.WriteString("message", Message);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static AzureError Of(int status, string message) => new(status, status.ToString(CultureInfo.InvariantCulture), message);
}
