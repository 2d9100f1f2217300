using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;
using static Asc.DataPlane.Wire.Translation.FieldValues;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>What a message request's fields ask for that not everybody can do (facts: 3.4).</summary>
internal static class MessagesFeatures
{
    private const int FewStops = 4;

    public static readonly FieldNames Message = new("role", "content");

    /// <summary>What a block has, of whichever type. Who called a tool was the model, where it isn't a provider's own tool.</summary>
    public static readonly FieldNames Block = new(
        "type", "text", "source", "content", "title", "context", "tool_use_id", "is_error", "id", "name", "input", "caller", "thinking", "signature", "data", "cache_control", "citations");

    /// <summary>What a block's <c>source</c> has.</summary>
    public static readonly FieldNames Source = new("type", "media_type", "data", "content", "url");

    public static readonly FieldNames ToolChoice = new("type", "name", "disable_parallel_tool_use");

    /// <summary>What <c>output_config.format</c> has.</summary>
    public static readonly FieldNames Format = new("type", "schema");

    /// <summary>Of a top-level field that nothing else is read of.</summary>
    /// <param name="value">Stands on the field's value, and is not moved.</param>
    public static RequestFeatures Of(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value)
    {
        if (value.TokenType == JsonTokenType.Null)
        {
            return RequestFeatures.None;
        }

        return name switch
        {
            _ when name.SequenceEqual("temperature"u8) => Where(value.IsOtherThan(1), RequestFeatures.Temperature),
            _ when name.SequenceEqual("top_p"u8) => Where(value.IsOtherThan(1), RequestFeatures.TopP),
            _ when name.SequenceEqual("top_k"u8) => RequestFeatures.TopK,
            _ when name.SequenceEqual("stop_sequences"u8) => Where(value.CountTexts() > 0, RequestFeatures.StopSequences) | Where(value.CountTexts() > FewStops, RequestFeatures.ManyStopSequences),
            _ when name.SequenceEqual("tool_choice"u8) => Where(value.HasMember("type"u8, "any"u8) || value.HasMember("type"u8, "tool"u8), RequestFeatures.ForcedTools),
            // Not at all, or as the model likes, is what a model does that can't be told.
            _ when name.SequenceEqual("thinking"u8) => Where(value.HasMember("type"u8, "enabled"u8), RequestFeatures.Reasoning) | Where(value.HasMember("display"u8, "summarized"u8), RequestFeatures.ReasoningSummaries),
            _ when name.SequenceEqual("metadata"u8) => Where(value.HasText("user_id"u8), RequestFeatures.EndUser),
            _ when name.SequenceEqual("cache_control"u8) => OfCacheControl(ref value),
            _ when IsLeftToTheProvider(name) => RequestFeatures.None,
            _ => RequestFeatures.OtherFields,
        };
    }

    /// <summary>Of a member of <c>output_config</c> that nothing else is read of.</summary>
    public static RequestFeatures OfOutput(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value) =>
        Where(value.TokenType != JsonTokenType.Null && !name.SequenceEqual("effort"u8) && !name.SequenceEqual("format"u8), RequestFeatures.OtherFields);

    /// <summary>Of a tool's member that is not its type.</summary>
    public static RequestFeatures OfToolField(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value) => name switch
    {
        _ when value.TokenType is JsonTokenType.Null or JsonTokenType.False => RequestFeatures.None,
        _ when name.SequenceEqual("cache_control"u8) => OfCacheControl(ref value),
        // Arguments come as they are made, whoever makes them.
        _ when name.SequenceEqual("name"u8) || name.SequenceEqual("description"u8) || name.SequenceEqual("input_schema"u8) || name.SequenceEqual("strict"u8)
            || name.SequenceEqual("eager_input_streaming"u8) => RequestFeatures.None,
        _ => RequestFeatures.OtherFields,
    };

    /// <summary>Of a <c>cache_control</c>.</summary>
    public static RequestFeatures OfCacheControl(scoped ref Utf8JsonReader value) =>
        Where(value.TokenType == JsonTokenType.StartObject, RequestFeatures.CacheBreakpoints) | Where(value.HasText("ttl"u8) && !value.HasMember("ttl"u8, "5m"u8), RequestFeatures.CacheLifetimes);

    /// <summary>Of a content block.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    public static RequestFeatures OfBlock(scoped ref Utf8JsonReader type) =>
        type.IsText("text"u8) || type.IsText("tool_use"u8) || type.IsText("tool_result"u8) || type.IsText("image"u8) || type.IsText("document"u8)
        || type.IsText("thinking"u8) || type.IsText("redacted_thinking"u8)
            ? RequestFeatures.None
            : RequestFeatures.ProviderContent;

    /// <summary>Of a tool.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    public static RequestFeatures OfTool(scoped ref Utf8JsonReader type) => Where(type.TokenType == JsonTokenType.String && !type.ValueTextEquals("custom"u8), RequestFeatures.ProviderTools);

    // They don't change the answer, or say what is every server's default: whatever else they could say has been refused before.
    private static bool IsLeftToTheProvider(scoped ReadOnlySpan<byte> name) => name.SequenceEqual("service_tier"u8) || name.SequenceEqual("speed"u8);
}
