using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// The closed list of what makes Anthropic act, keep or fetch something beside answering. Each is denied until a policy can permit it; a value that
/// asks for nothing passes. What is cached for minutes (<c>cache_control</c>) is in memory, and passes.
/// </summary>
internal static class ActingFields
{
    // Tools that Anthropic describes and the client runs.
    private static readonly string[] ClientTools = ["bash_", "computer_", "memory_", "text_editor_"];

    /// <summary>Null where the top-level field <paramref name="name"/> may pass with the value that <paramref name="value"/> stands on.</summary>
    public static string? Problem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        if (value.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return name switch
        {
            _ when name.SequenceEqual("container"u8) => "makes the provider run code, and keep what it runs in",
            _ when name.SequenceEqual("mcp_servers"u8) => "makes the provider call other servers",
            _ when name.SequenceEqual("inference_geo"u8) => "says where the prompt is processed, which policy says",
            _ when name.SequenceEqual("diagnostics"u8) && value.HasText("previous_message_id"u8) => "refers to a request that the provider keeps",
            _ when name.SequenceEqual("service_tier"u8) && !value.IsText("auto"u8) && !value.IsText("standard_only"u8) => "changes the price and the place of processing",
            _ when name.SequenceEqual("speed"u8) && !value.IsText("standard"u8) => "changes the price",
            _ => null,
        };
    }

    /// <summary>Null where a tool of this type runs at the client.</summary>
    public static string? ToolProblem(ref Utf8JsonReader type)
    {
        if (type.TokenType == JsonTokenType.Null || type.IsText("custom"u8))
        {
            return null;
        }

        var name = type.TokenType == JsonTokenType.String ? type.GetString()! : "";
        return Array.Exists(ClientTools, known => name.StartsWith(known, StringComparison.Ordinal)) ? null : "is a tool that the provider runs";
    }

    /// <summary>Null where content of this <c>source.type</c> comes with the request.</summary>
    public static string? SourceProblem(ref Utf8JsonReader type) =>
        type.IsText("base64"u8) || type.IsText("text"u8) || type.IsText("content"u8) ? null
        : type.IsText("file"u8) ? "refers to a file that the provider keeps: send the content"
        : "makes the provider fetch a URL: send the content as base64";

    /// <summary>Null where a block of this type is content, or tells of what was done.</summary>
    public static string? BlockProblem(ref Utf8JsonReader type) =>
        type.IsText("container_upload"u8) ? "refers to a file that the provider keeps" : null;
}
