using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// The closed list of what makes Mistral act, keep or fetch something beside answering (@mistralai/mistralai 2.7, request types). Each is denied until a policy
/// can permit it; a value that asks for nothing passes.
/// </summary>
internal static class ActingFields
{
    /// <summary>Null where the top-level field <paramref name="name"/> may pass with the value that <paramref name="value"/> stands on.</summary>
    public static string? Problem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        if (value.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return name switch
        {
            _ when name.SequenceEqual("guardrails"u8) && !IsEmptyList(value) => "makes the provider judge what is said by rules of its own",
            _ when name.SequenceEqual("service_tier"u8) && !value.IsText("auto"u8) && !value.IsText("standard_only"u8) => "changes the price and the place of processing",
            _ when name.SequenceEqual("agent_id"u8) || name.SequenceEqual("agent_version"u8) => "refers to an agent that the provider keeps",
            _ when name.SequenceEqual("handoff_execution"u8) => "makes the provider hand the request on to its agents",
            _ when name.SequenceEqual("conversation_id"u8) => "refers to a conversation that the provider keeps",
            _ when name.SequenceEqual("store"u8) && value.TokenType != JsonTokenType.False => "makes the provider store the conversation",
            _ when name.SequenceEqual("connectors"u8) || name.SequenceEqual("mcp_servers"u8) => "makes the provider call other servers",
            _ when name.SequenceEqual("library_ids"u8) || name.SequenceEqual("document_ids"u8) || name.SequenceEqual("file_ids"u8) => "refers to files that the provider keeps",
            _ => null,
        };
    }

    /// <summary>Null where a tool of this type runs at the client.</summary>
    public static string? ToolProblem(ref Utf8JsonReader type) => type.IsText("function"u8) || type.TokenType == JsonTokenType.Null ? null : "is a tool that the provider runs";

    /// <summary>Null where a member of a part of a message brings its content along.</summary>
    public static string? PartProblem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value) => name switch
    {
        _ when value.TokenType == JsonTokenType.Null => null,
        _ when name.SequenceEqual("file_id"u8) => "refers to a file that the provider keeps: send the content",
        _ when name.SequenceEqual("document_url"u8) => OpenAi.ActingFields.UrlProblem(ref value),
        _ when name.SequenceEqual("input_audio"u8) && !OpenAi.ActingFields.ComesAlong(value) => "makes the provider fetch a URL: send the audio as base64",
        _ => null,
    };

    private static bool IsEmptyList(Utf8JsonReader value) => value.TokenType == JsonTokenType.StartArray && value.Read() && value.TokenType == JsonTokenType.EndArray;
}
