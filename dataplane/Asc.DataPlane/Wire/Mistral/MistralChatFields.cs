using System.Text.Json;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>Mistral's chat completions (facts: 2.4, 3.6).</summary>
internal readonly struct MistralChatFields : IChatFields
{
    public static Operation Operation => Operation.MistralChat;

    public static bool KnowsNewerNames => false;

    public static bool KnowsOlderNames => false;

    public static string? Problem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value) => ActingFields.Problem(name, ref value);

    public static string? PartProblem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value) => ActingFields.PartProblem(name, ref value);

    public static string? ToolProblem(ref Utf8JsonReader type) => ActingFields.ToolProblem(ref type);

    /// <inheritdoc/>
    /// <remarks>Most are OpenAI's.</remarks>
    public static RequestFeatures Of(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value) => name switch
    {
        _ when value.TokenType == JsonTokenType.Null => RequestFeatures.None,
        _ when name.SequenceEqual("random_seed"u8) => RequestFeatures.Seed,
        _ when name.SequenceEqual("prompt_mode"u8) => RequestFeatures.Reasoning,
        _ when name.SequenceEqual("safe_prompt"u8) => value.TokenType == JsonTokenType.False ? RequestFeatures.None : RequestFeatures.OtherFields,
        _ when name.SequenceEqual("function_call"u8) => RequestFeatures.OtherFields,
        // What it could say has been refused before.
        _ when name.SequenceEqual("guardrails"u8) => RequestFeatures.None,
        _ => ChatFeatures.Of(name, ref value),
    };

    public static RequestFeatures OfPart(scoped ref Utf8JsonReader type) =>
        type.TokenType == JsonTokenType.String && (type.ValueTextEquals("document_url"u8) || type.ValueTextEquals("thinking"u8)) ? RequestFeatures.None : ChatFeatures.OfPart(ref type);

    public static RequestFeatures OfTool(scoped ref Utf8JsonReader type) => ChatFeatures.OfTool(ref type);
}
