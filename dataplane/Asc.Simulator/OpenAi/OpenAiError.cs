using System.Text.Json;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.OpenAi;

/// <summary>An error as the API words it: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal sealed record OpenAiError(int Status, string Message, string Type, string? Param, string? Code) : IProviderError
{
    private const string InvalidRequest = "invalid_request_error";

    public static OpenAiError BadRequest(string message, string? param, string? code) =>
        new(400, message, InvalidRequest, param, code);

    public static OpenAiError NotJson() =>
        BadRequest("We could not parse the JSON body of your request. (HINT: the API expects a JSON object.)", null, null);

    public static OpenAiError ContentType(string? sent) => new(
        415, $"Unsupported content type: '{sent}'. This API method only accepts 'application/json' requests.",
        InvalidRequest, null, "unsupported_content_type");

    public static OpenAiError Missing(string param) =>
        BadRequest($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static OpenAiError Unknown(string param) =>
        BadRequest($"Unrecognized request argument supplied: {param}", param, "unknown_parameter");

    /// <summary>The same in the words of the newer endpoints.</summary>
    public static OpenAiError UnknownParameter(string param) => BadRequest($"Unknown parameter: '{param}'.", param, "unknown_parameter");

    public static OpenAiError WrongType(string param, string expected, string actual) => BadRequest(
        $"Invalid type for '{param}': expected {expected}, but got {actual} instead.", param, "invalid_type");

    public static OpenAiError Value(string param, string value, string supported) => BadRequest(
        $"Invalid value: '{value}'. Supported values are: {supported}.", param, "invalid_value");

    public static OpenAiError Unsupported(string param, string hint) => BadRequest(
        $"Unsupported parameter: '{param}' is not supported with this model. {hint}".TrimEnd(), param, "unsupported_parameter");

    public static OpenAiError UnsupportedValue(string param, string value, string hint) => BadRequest(
        $"Unsupported value: '{param}' does not support {value} with this model. {hint}", param, "unsupported_value");

    public static OpenAiError ModelNotFound(string model) => new(
        404, $"The model `{model}` does not exist or you do not have access to it.", InvalidRequest, null, "model_not_found");

    public static OpenAiError NotForChat() => new(
        404, "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?",
        InvalidRequest, "model", null);

    /// <summary>A model does not call functions by chat completions, at this effort or at all.</summary>
    public static OpenAiError NoFunctions(string model, bool orUnthinking) => BadRequest(
        $"Function tools with reasoning_effort are not supported for {model} in /v1/chat/completions. "
        + (orUnthinking ? "To use function tools, use /v1/responses or set reasoning_effort to 'none'." : "Please use /v1/responses instead."), "reasoning_effort", null);

    public static OpenAiError NotForEmbeddings() =>
        new(403, "You are not allowed to generate embeddings from this model", InvalidRequest, null, null);

    public static OpenAiError NotForResponses() => BadRequest("The requested model is not supported with the Responses API.", "model", "unsupported_model");

    public static OpenAiError ItemNotFound(string id) => new(
        404, $"Item with id '{id}' not found. Items are not persisted when `store` is set to false. "
        + "Try again with `store` set to true, or remove this item from your input.", InvalidRequest, "input", null);

    public static OpenAiError UnknownUrl(string method, string path) =>
        new(404, $"Invalid URL ({method} {path})", InvalidRequest, null, "unknown_url");

    public static OpenAiError MethodNotAllowed(string method, string path) =>
        new(405, $"Not allowed to {method} on {path}.", InvalidRequest, null, "method_not_supported");

    public static OpenAiError NoKey() => new(
        401, "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.",
        InvalidRequest, null, "invalid_api_key");

    public static OpenAiError WrongKey(string key) => new(
        401, $"Incorrect API key provided: {Abbreviate(key)}. You can find your API key at https://platform.openai.com/account/api-keys.",
        InvalidRequest, null, "invalid_api_key");

    /// <summary>What the API says when it answers <paramref name="status"/> for reasons of its own.</summary>
    public static OpenAiError Injected(int status) => status switch
    {
        401 => new(401, "Incorrect API key provided.", InvalidRequest, null, "invalid_api_key"),
        403 => new(403, "You are not allowed to perform this action.", "permission_error", null, null),
        404 => new(404, "The requested resource was not found.", InvalidRequest, null, "not_found"),
        429 => new(429, "Rate limit reached for requests. Please try again later.", "requests", null, "rate_limit_exceeded"),
        503 => new(503, "The engine is currently overloaded, please try again later.", "service_unavailable_error", null, "server_is_overloaded"),
        >= 500 => new(status, "The server had an error while processing your request. Sorry about that!", "server_error", null, null),
        _ => new(status, "The request was refused.", InvalidRequest, null, null),
    };

    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", Message);
        json.WriteString("type", Type);
        json.WriteString("param", Param);
        json.WriteString("code", Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The API shows the caller both ends of the key it refuses.
    private static string Abbreviate(string key) =>
        key.Length <= 8 ? new string('*', key.Length) : $"{key[..4]}{new string('*', 8)}{key[^4..]}";
}
