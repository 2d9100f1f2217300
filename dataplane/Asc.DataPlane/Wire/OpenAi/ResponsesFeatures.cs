using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;
using static Asc.DataPlane.Wire.Translation.FieldValues;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>What the fields of a request for a response ask for that not everybody can do (facts: 3.7).</summary>
internal static class ResponsesFeatures
{
    /// <summary>What an item of the input has. What an answer's item was called, and whether it was finished, matters to nobody else.</summary>
    public static readonly FieldNames Item = new("type", "role", "content", "id", "status", "call_id", "name", "arguments", "input", "output", "summary", "encrypted_content");

    /// <summary>What a message's part has.</summary>
    public static readonly FieldNames Part = new("type", "text", "refusal", "image_url", "detail", "file_data", "filename", "file_id", "file_url", "input_audio", "prompt_cache_breakpoint");

    public static readonly FieldNames ToolChoice = new("type", "name", "mode", "tools");

    /// <summary>What <c>text.format</c> has.</summary>
    public static readonly FieldNames Format = new("type", "name", "description", "schema", "strict");

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
            _ when name.SequenceEqual("reasoning"u8) =>
                Where(value.HasText("effort"u8) && !value.HasMember("effort"u8, "none"u8), RequestFeatures.Reasoning) | Where(value.HasText("summary"u8), RequestFeatures.ReasoningSummaries)
                | Where(value.HasText("context"u8) || value.HasText("mode"u8), RequestFeatures.OtherFields),
            _ when name.SequenceEqual("tool_choice"u8) => Where(value.IsText("required"u8) || (value.TokenType == JsonTokenType.StartObject && (!value.HasMember("type"u8, "allowed_tools"u8) || value.HasMember("mode"u8, "required"u8))), RequestFeatures.ForcedTools),
            _ when name.SequenceEqual("truncation"u8) => Where(!value.IsText("disabled"u8), RequestFeatures.OtherFields),
            // What else it would add to an answer is nothing that others have.
            _ when name.SequenceEqual("include"u8) => Where(value.Names("message.output_text.logprobs"u8), RequestFeatures.Logprobs) | Where(value.Names("reasoning.encrypted_content"u8), RequestFeatures.ReasoningSummaries),
            _ when name.SequenceEqual("stream_options"u8) => RequestFeatures.None,
            _ when name.SequenceEqual("max_tool_calls"u8) => RequestFeatures.OtherFields,
            // The rest is called as in chat completions.
            _ => ChatFeatures.Of(name, ref value),
        };
    }

    /// <summary>Of a member of <c>text</c> beside its format.</summary>
    public static RequestFeatures OfText(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value) => ChatFeatures.Of(name, ref value);

    /// <summary>Of <c>text.format</c>.</summary>
    public static RequestFeatures OfFormat(scoped ref Utf8JsonReader value) => Where(value.HasMember("type"u8, "json_object"u8), RequestFeatures.JsonObject);

    public static bool UsesSchema(scoped ref Utf8JsonReader value) => value.HasMember("type"u8, "json_schema"u8);

    /// <summary>Of an item of the input.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    public static RequestFeatures OfItem(scoped ref Utf8JsonReader type) =>
        type.IsText("message"u8) || type.IsText("function_call"u8) || type.IsText("function_call_output"u8) || type.IsText("reasoning"u8) ? RequestFeatures.None
        : type.IsText("compaction"u8) ? RequestFeatures.ProviderContent
        : RequestFeatures.CustomTools;

    /// <summary>Null where an item of this type comes with the request, and tells of what client and model did. What a provider's own tools did is not among them, as those are not permitted.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    public static string? ItemProblem(scoped ref Utf8JsonReader type) =>
        type.IsText("message"u8) || type.IsText("function_call"u8) || type.IsText("function_call_output"u8) || type.IsText("reasoning"u8)
        || type.IsText("custom_tool_call"u8) || type.IsText("custom_tool_call_output"u8) || type.IsText("compaction"u8) ? null
        : type.IsText("item_reference"u8) ? "refers to what the provider keeps: send the item itself"
        : "is of a tool that the provider runs";

    /// <summary>Of a part of a message.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    public static RequestFeatures OfPart(scoped ref Utf8JsonReader type) =>
        type.IsText("input_text"u8) || type.IsText("output_text"u8) || type.IsText("refusal"u8) || type.IsText("input_image"u8) || type.IsText("input_file"u8) ? RequestFeatures.None
        : type.IsText("input_audio"u8) ? RequestFeatures.AudioInput
        : RequestFeatures.ProviderContent;
}
