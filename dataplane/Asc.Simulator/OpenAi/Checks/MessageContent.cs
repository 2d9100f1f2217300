using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>A message's <c>content</c>: which parts each role may have.</summary>
internal static class MessageContent
{
    private static readonly string[] UserParts = ["text", "image_url", "input_audio", "file"];
    private static readonly string[] AssistantParts = ["text", "refusal"];
    private static readonly string[] TextParts = ["text"];

    public static OpenAiError? Check(string path, string role, JsonElement message)
    {
        var param = $"{path}.content";
        if (!message.TryGetPresent("content", out var content))
        {
            return MayBeAbsent(role, message) ? null : OpenAiError.Missing(param);
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => null,
            JsonValueKind.Array => CheckParts(param, content, PartsOf(role)),
            _ => JsonType.Mismatch(param, "one of a string or array of objects", content),
        };
    }

    private static bool MayBeAbsent(string role, JsonElement message) => role == "function" || (role == "assistant"
        && (message.TryGetPresent("tool_calls", out _) || message.TryGetPresent("function_call", out _)
            || message.TryGetPresent("audio", out _) || message.TryGetPresent("refusal", out _)));

    private static string[] PartsOf(string role) => role switch
    {
        "user" => UserParts,
        "assistant" => AssistantParts,
        _ => TextParts,
    };

    private static OpenAiError? CheckParts(string param, JsonElement parts, string[] supported)
    {
        if (parts.GetArrayLength() == 0)
        {
            return OpenAiError.BadRequest(
                $"Invalid '{param}': empty array. Expected an array with minimum length 1, but got an empty array instead.", param, "empty_array");
        }

        return parts.EnumerateArray().Select((part, index) => CheckPart($"{param}[{index}]", part, supported)).FirstOrDefault(error => error is not null);
    }

    private static OpenAiError? CheckPart(string path, JsonElement part, string[] supported)
    {
        if (ValueRules.Object(path, part) is { } notObject)
        {
            return notObject;
        }

        if (!part.TryGetPresent("type", out var type))
        {
            return OpenAiError.Missing($"{path}.type");
        }

        if (ValueRules.OneOf(supported)($"{path}.type", type) is { } badType)
        {
            return badType;
        }

        var kind = type.GetString()!;
        return !part.TryGetPresent(kind, out var inner) ? OpenAiError.Missing($"{path}.{kind}")
            : kind is "text" or "refusal" ? ValueRules.Text($"{path}.{kind}", inner)
            : ValueRules.Object($"{path}.{kind}", inner) ?? CheckMedia($"{path}.{kind}", kind, inner);
    }

    private static OpenAiError? CheckMedia(string path, string kind, JsonElement media) => kind switch
    {
        "image_url" when media.TextOf("url") is null => OpenAiError.Missing($"{path}.url"),
        "input_audio" when media.TextOf("data") is null => OpenAiError.Missing($"{path}.data"),
        "input_audio" when media.TextOf("format") is null => OpenAiError.Missing($"{path}.format"),
        _ => null,
    };
}
