using System.Globalization;
using System.Text.Json;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Mistral;

/// <summary>An error that the API's own code finds: <c>{"object":"error","message","type","param","code"}</c>, without a wrapper.</summary>
internal sealed record MistralError(int Status, string Message, string Type, int Code) : IProviderError
{
    public static MistralError Order(string message) => new(400, message, "invalid_request_message_order", 3230);

    public static MistralError Assistant(string message) => new(400, message, "invalid_request_assistant_message", 3240);

    public static MistralError FunctionCall(string message) => new(400, message, "invalid_function_call", 3280);

    public static MistralError Prompt(string message) => new(400, message, "invalid_request_prompt", 3210);

    public static MistralError Arguments(string message) => new(400, message, "invalid_request_invalid_args", 3051);

    public static MistralError UnknownModel(string model) => new(400, $"Invalid model: {model}", "invalid_model", 1500);

    /// <summary>What the API says when it answers <paramref name="status"/> for reasons of its own.</summary>
    public static IProviderError Injected(int status) => status switch
    {
        401 => MistralDetail.Unauthorized,
        404 => MistralDetail.NotFound,
        422 => MistralDetail.Of([new("value_error", Checks.Location.Body, "Value error, the request was refused", null)]),
        402 or 403 => new MistralError(status, "The request is not allowed for this account.", "forbidden", 1200),
        429 => new MistralError(429, "Rate limit exceeded", "rate_limited", 1300),
        503 => new MistralError(503, "Service unavailable.", "unreachable_backend", 1100),
        >= 500 => new MistralError(status, "Internal server error", "internal_server_error", 1000),
        _ => new MistralError(status, "The request was refused.", "invalid_request_error", 3000),
    };

    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("object", "error");
        json.WriteString("message", Message);
        json.WriteString("type", Type);
        json.WriteNull("param");
        json.WriteString("code", Code.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("raw_status_code", Status);
        json.WriteEndObject();
    }
}
