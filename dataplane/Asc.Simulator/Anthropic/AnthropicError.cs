using System.Text.Json;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Anthropic;

/// <summary>An error as the API words it: <c>{"type":"error","error":{"type","message"},"request_id"}</c>.</summary>
internal sealed record AnthropicError(int Status, string Type, string Message) : IProviderError
{
    private const string InvalidRequest = "invalid_request_error";
    private const string NotFoundType = "not_found_error";

    public static AnthropicError Invalid(string message) => new(400, InvalidRequest, message);

    public static AnthropicError At(string path, string message) => Invalid($"{path}: {message}");

    public static AnthropicError Missing(string path) => At(path, "Field required");

    /// <summary>A field that does not exist, or not in this place, version or beta.</summary>
    public static AnthropicError Extra(string path) => At(path, "Extra inputs are not permitted");

    public static AnthropicError NotJson() => Invalid("The request body is not valid JSON");

    public static AnthropicError ContentType() => At("content-type", "Input should be 'application/json'");

    public static AnthropicError TooLarge() => new(413, "request_too_large", "Request exceeds the maximum allowed number of bytes.");

    public static AnthropicError Unauthenticated(string message) => new(401, "authentication_error", message);

    public static AnthropicError NotFound(string message) => new(404, NotFoundType, message);

    public static AnthropicError UnknownModel(string model) => NotFound($"model: {model}");

    public static AnthropicError MethodNotAllowed() => new(405, InvalidRequest, "Method Not Allowed");

    /// <summary>What the API says when it answers <paramref name="status"/> for reasons of its own.</summary>
    public static AnthropicError Injected(int status) => status switch
    {
        401 => Unauthenticated("invalid x-api-key"),
        402 => new(402, "billing_error", "Your credit balance is too low to access the Anthropic API."),
        403 => new(403, "permission_error", "Your API key does not have permission to use the specified resource."),
        404 => NotFound("Not Found"),
        408 or 504 => new(status, "timeout_error", "Request timed out."),
        409 => new(409, "conflict_error", "The request conflicts with the current state of the resource."),
        413 => TooLarge(),
        429 => new(429, "rate_limit_error", "This request would exceed your organization's rate limit."),
        529 => new(529, "overloaded_error", "Overloaded"),
        >= 500 => new(status, "api_error", "Internal server error"),
        _ => new(status, InvalidRequest, "The request was refused."),
    };

    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", Type);
        json.WriteString("message", Message);
        json.WriteEndObject();
        json.WriteString("request_id", requestId);
        json.WriteEndObject();
    }
}
