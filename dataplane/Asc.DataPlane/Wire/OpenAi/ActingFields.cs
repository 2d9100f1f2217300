using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// The closed list of request fields that make an OpenAI provider act, keep or fetch something beside answering. Each is denied until a
/// policy can permit it; a value that asks for nothing (<c>null</c>, <c>false</c>, the default) passes.
/// </summary>
internal static class ActingFields
{
    private const string Fetches = "makes the provider fetch a URL: send the content as a data: URL";

    /// <summary>Null where the top-level field <paramref name="name"/> may pass with the value that <paramref name="value"/> stands on.</summary>
    public static string? Problem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        var type = value.TokenType;
        if (type == JsonTokenType.Null)
        {
            return null;
        }

        return name switch
        {
            _ when name.SequenceEqual("store"u8) && type != JsonTokenType.False => "makes the provider store the conversation",
            _ when name.SequenceEqual("service_tier"u8) && !IsOneOf(ref value, "auto"u8, "default"u8) => "changes the price and the place of processing",
            _ when name.SequenceEqual("background"u8) && type != JsonTokenType.False => "makes the provider work on after the request",
            _ when name.SequenceEqual("web_search_options"u8) => "makes the provider search the web",
            _ when name.SequenceEqual("previous_response_id"u8) || name.SequenceEqual("conversation"u8) => "refers to a conversation that the provider keeps",
            _ when name.SequenceEqual("prompt"u8) => "refers to a prompt that the provider keeps",
            _ when name.SequenceEqual("prompt_cache_retention"u8) && !IsOneOf(ref value, "in_memory"u8, "in-memory"u8) => "makes the provider keep the prompt",
            _ when name.SequenceEqual("prompt_cache_options"u8) => "makes the provider keep the prompt",
            // The last is of vLLM, which fetches what it has cached elsewhere.
            _ when name.SequenceEqual("mcp_servers"u8) || name.SequenceEqual("container"u8) || name.SequenceEqual("kv_transfer_params"u8) => "makes the provider call other servers",
            _ => null,
        };
    }

    /// <summary>
    /// Null where a member of a part of a message brings its content along. Servers of the same protocol know more kinds of parts than OpenAI does (vLLM: <c>video_url</c>,
    /// <c>audio_url</c>), and stand where a URL leads further than the client may go.
    /// </summary>
    public static string? PartProblem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value) => name switch
    {
        _ when value.TokenType == JsonTokenType.Null => null,
        _ when name.SequenceEqual("prompt_cache_breakpoint"u8) => Says(value, "ttl"u8) ? "makes the provider keep the prompt for as long as its ttl says: leave that out" : null,
        _ when name.EndsWith("_url"u8) || name.EndsWith("_urls"u8) || name.SequenceEqual("image"u8) || name.SequenceEqual("video"u8) || name.SequenceEqual("audio"u8) => MediaProblem(value),
        _ => null,
    };

    private static bool Says(Utf8JsonReader value, ReadOnlySpan<byte> name) => value.MovesTo(name) && value.TokenType != JsonTokenType.Null;

    private static string? MediaProblem(Utf8JsonReader value)
    {
        var url = value;
        return value.TokenType == JsonTokenType.String ? UrlProblem(ref value)
            : url.MovesTo("url"u8) ? UrlProblem(ref url) ?? (ComesAlong(value) ? null : Fetches)
            : ComesAlong(value) ? null : Fetches;
    }

    /// <summary>Whether no text of a value, or of an object's members, is a URL other than a <c>data:</c> one. Base64 has no colon, and every URL one.</summary>
    public static bool ComesAlong(Utf8JsonReader value)
    {
        if (value.TokenType == JsonTokenType.StartObject)
        {
            while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
            {
                value.Read();
                if (!ComesAlong(value))
                {
                    return false;
                }

                value.Skip();
            }

            return true;
        }

        return value.TokenType != JsonTokenType.StartArray
            && (value.TokenType != JsonTokenType.String || UrlProblem(ref value) is null || !HasColon(value));
    }

    // Compared unescaped, as the provider does.
    private static bool HasColon(Utf8JsonReader text) => text.ValueIsEscaped ? text.GetString()!.Contains(':', StringComparison.Ordinal) : text.ValueSpan.Contains((byte)':');

    /// <summary>Null where a tool of this type runs at the client.</summary>
    public static string? ToolProblem(ref Utf8JsonReader type) =>
        IsOneOf(ref type, "function"u8, "custom"u8) ? null : "is a tool that the provider runs";

    /// <summary>Whether a URL holds a picture: what else it may hold is read as text and pages.</summary>
    public static bool IsImage(ref Utf8JsonReader url) => url.TokenType == JsonTokenType.String && !url.ValueIsEscaped && url.ValueSpan.StartsWith("data:image/"u8);

    /// <summary>Null where the content comes with the request, as a <c>data:</c> URL.</summary>
    public static string? UrlProblem(ref Utf8JsonReader url)
    {
        // Compared unescaped: "da\u0074a:" is the same to the provider.
        var isData = url.TokenType == JsonTokenType.String
            && (url.ValueIsEscaped ? url.GetString()!.StartsWith("data:", StringComparison.Ordinal) : url.ValueSpan.StartsWith("data:"u8));
        return isData ? null : Fetches;
    }

    private static bool IsOneOf(ref Utf8JsonReader value, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        value.TokenType == JsonTokenType.String && (value.ValueTextEquals(first) || value.ValueTextEquals(second));
}
