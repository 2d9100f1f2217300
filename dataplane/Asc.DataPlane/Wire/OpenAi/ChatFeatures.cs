using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;
using static Asc.DataPlane.Wire.Translation.FieldValues;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>What a chat completion's fields ask for that not everybody can do (facts: 3.1).</summary>
internal static class ChatFeatures
{
    private const int FewStops = 4;

    /// <summary>What a message has, Mistral's as well.</summary>
    public static readonly FieldNames Message = new("role", "content", "name", "tool_calls", "tool_call_id", "refusal", "reasoning_content", "reasoning_signature", "prefix", "audio");

    /// <summary>What a message's part has.</summary>
    public static readonly FieldNames Part = new(
        "type", "text", "image_url", "file", "refusal", "input_audio", "prompt_cache_breakpoint", "document_url", "document_name", "thinking", "closed", "signature");

    /// <summary>What a picture has beside what <see cref="OfDetail"/> tells of.</summary>
    public static readonly FieldNames Picture = new("url", "detail");

    /// <summary>What a tool's call has.</summary>
    public static readonly FieldNames Call = new("id", "type", "index", "function", "custom");

    /// <summary>What the function of a tool's call has.</summary>
    public static readonly FieldNames CalledFunction = new("name", "arguments");

    public static readonly FieldNames ToolChoice = new("type", "function", "custom", "allowed_tools");

    public static readonly FieldNames ResponseFormat = new("type", "json_schema");

    /// <summary>What <c>response_format.json_schema</c> has.</summary>
    public static readonly FieldNames AnswerSchema = new("name", "description", "schema", "strict");

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
            _ when name.SequenceEqual("temperature"u8) => Where(value.IsOtherThan(1), RequestFeatures.Temperature) | Where(value.IsAbove(1), RequestFeatures.HighTemperature),
            _ when name.SequenceEqual("top_p"u8) => Where(value.IsOtherThan(1), RequestFeatures.TopP),
            _ when name.SequenceEqual("stop"u8) =>
                Where(value.CountTexts() > 0, RequestFeatures.StopSequences) | Where(value.CountTexts() > FewStops, RequestFeatures.ManyStopSequences) | Where(value.HasBlankText(), RequestFeatures.BlankStopSequences),
            _ when name.SequenceEqual("tool_choice"u8) => OfToolChoice(ref value),
            // Not at all is what a model does that can't be told.
            _ when name.SequenceEqual("reasoning_effort"u8) => Where(!value.IsText("none"u8), RequestFeatures.Reasoning),
            _ when name.SequenceEqual("seed"u8) => RequestFeatures.Seed,
            _ when name.SequenceEqual("frequency_penalty"u8) || name.SequenceEqual("presence_penalty"u8) => Where(value.IsOtherThan(0), RequestFeatures.Penalties),
            _ when name.SequenceEqual("logprobs"u8) => Where(value.TokenType != JsonTokenType.False, RequestFeatures.Logprobs),
            _ when name.SequenceEqual("top_logprobs"u8) => Where(value.IsOtherThan(0), RequestFeatures.Logprobs),
            _ when name.SequenceEqual("logit_bias"u8) => Where(value.HasAny(), RequestFeatures.LogitBias),
            _ when name.SequenceEqual("prediction"u8) => RequestFeatures.Prediction,
            _ when name.SequenceEqual("verbosity"u8) => Where(!value.IsText("medium"u8), RequestFeatures.Verbosity),
            _ when name.SequenceEqual("modalities"u8) => Where(value.Names("audio"u8), RequestFeatures.AudioOutput),
            _ when name.SequenceEqual("audio"u8) => RequestFeatures.AudioOutput,
            _ when name.SequenceEqual("function_call"u8) => Where(value.TokenType == JsonTokenType.StartObject, RequestFeatures.ForcedTools),
            _ when name.SequenceEqual("user"u8) || name.SequenceEqual("safety_identifier"u8) => Where(value.TokenType == JsonTokenType.String, RequestFeatures.EndUser),
            _ when name.SequenceEqual("prompt_cache_key"u8) => Where(value.TokenType == JsonTokenType.String, RequestFeatures.PromptCacheKey),
            _ when IsLeftToTheProvider(name) => RequestFeatures.None,
            _ => RequestFeatures.OtherFields,
        };
    }

    /// <summary>Of a <c>prompt_cache_breakpoint</c>.</summary>
    public static RequestFeatures OfBreakpoint(scoped ref Utf8JsonReader value) =>
        Where(value.TokenType == JsonTokenType.StartObject, RequestFeatures.CacheBreakpoints);

    /// <summary>Of <c>metadata</c>.</summary>
    public static RequestFeatures OfMetadata(scoped ref Utf8JsonReader value) => Where(value.HasAny(), RequestFeatures.Metadata);

    /// <summary>Of a member of a picture beside its URL.</summary>
    public static RequestFeatures OfDetail(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value) =>
        Where(name.SequenceEqual("detail"u8) && value.TokenType == JsonTokenType.String && !value.IsText("auto"u8), RequestFeatures.ImageDetail);

    /// <summary>Of a part of a message.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    public static RequestFeatures OfPart(scoped ref Utf8JsonReader type) =>
        type.IsText("text"u8) || type.IsText("image_url"u8) || type.IsText("file"u8) || type.IsText("refusal"u8) ? RequestFeatures.None
        : type.IsText("input_audio"u8) ? RequestFeatures.AudioInput
        : RequestFeatures.ProviderContent;

    /// <summary>Of a tool, or of a call of one.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    public static RequestFeatures OfTool(scoped ref Utf8JsonReader type) => Where(type.IsText("custom"u8), RequestFeatures.CustomTools);

    /// <summary>Of a tool's member, or of its function's.</summary>
    public static RequestFeatures OfToolField(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value) => name switch
    {
        _ when value.TokenType is JsonTokenType.Null or JsonTokenType.False => RequestFeatures.None,
        // A tool without JSON is another feature.
        _ when name.SequenceEqual("custom"u8) || name.SequenceEqual("format"u8) => RequestFeatures.None,
        _ when name.SequenceEqual("type"u8) || name.SequenceEqual("name"u8) || name.SequenceEqual("description"u8) || name.SequenceEqual("parameters"u8) || name.SequenceEqual("strict"u8) => RequestFeatures.None,
        _ => RequestFeatures.OtherFields,
    };

    private static RequestFeatures OfToolChoice(scoped ref Utf8JsonReader value)
    {
        if (value.HasMember("type"u8, "custom"u8))
        {
            return RequestFeatures.CustomTools;
        }

        var isList = value.HasMember("type"u8, "allowed_tools"u8);
        return Where(isList ? value.HasMember("mode"u8, "required"u8, inside: "allowed_tools"u8) : value.TokenType == JsonTokenType.StartObject || value.IsText("required"u8) || value.IsText("any"u8), RequestFeatures.ForcedTools);
    }

    // They don't change the answer, or say what is every server's default: whatever else they could say has been refused before.
    private static bool IsLeftToTheProvider(scoped ReadOnlySpan<byte> name) =>
        name.SequenceEqual("parallel_tool_calls"u8)
        || name.SequenceEqual("store"u8) || name.SequenceEqual("service_tier"u8) || name.SequenceEqual("prompt_cache_retention"u8) || name.SequenceEqual("background"u8);
}
