using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>The whole check of a request for embeddings.</summary>
internal static class EmbeddingRules
{
    private const int MaxInputs = 2_048;
    private const int MaxTokens = 8_192;

    private static readonly Dictionary<string, ValueRule> Rules = new(StringComparer.Ordinal)
    {
        ["model"] = ValueRules.Text,
        ["input"] = Input,
        ["dimensions"] = ValueRules.Integer(1, int.MaxValue),
        ["encoding_format"] = ValueRules.OneOf("float", "base64"),
        ["user"] = ValueRules.Text,
    };

    private static readonly ParameterSet Called = new(Rules, "model", "input");
    private static readonly ParameterSet Deployed = new(Rules, "input");

    /// <param name="body">The request's.</param>
    /// <param name="deployment">The model, where it is known without the body; else null.</param>
    /// <param name="catalogue">The models there are.</param>
    public static OpenAiError? Check(JsonElement body, string? deployment, ModelCatalogue catalogue)
    {
        if ((deployment is null ? Called : Deployed).Check(body) is { } error)
        {
            return error;
        }

        var name = deployment ?? body.TextOf("model")!;
        return catalogue.FindEmbedding(name) is { } model ? CheckModel(body, model)
            : catalogue.Serves(name) ? OpenAiError.NotForEmbeddings()
            : OpenAiError.ModelNotFound(name);
    }

    private static OpenAiError? CheckModel(JsonElement body, EmbeddingModel model)
    {
        if (body.TryGetPresent("dimensions", out var dimensions))
        {
            if (!model.TakesDimensions)
            {
                return OpenAiError.BadRequest("This model does not support specifying dimensions.", null, null);
            }

            if (dimensions.GetInt64() > model.Dimensions)
            {
                return OpenAiError.BadRequest(
                    $"Invalid value for 'dimensions' = {dimensions.GetInt64()}. Must be less than or equal to {model.Dimensions}.", null, null);
            }
        }

        return new EmbeddingRequest(body, model).Inputs.Select(EmbeddingRequest.Count).FirstOrDefault(tokens => tokens > MaxTokens) is > 0 and var tokens
            ? OpenAiError.BadRequest(
                $"This model's maximum context length is {MaxTokens} tokens, however you requested {tokens} tokens ({tokens} in your prompt; 0 for the completion). "
                + "Please reduce your prompt; or completion length.", null, null)
            : null;
    }

    // A text, texts, a list of tokens, or such lists; all of one kind, and none of them empty.
    private static OpenAiError? Input(string param, JsonElement value) =>
        IsText(value) || IsTokens(value) || IsListOf(value, IsText) || IsListOf(value, IsTokens)
            ? value.ValueKind == JsonValueKind.Array && value[0].ValueKind != JsonValueKind.Number && value.GetArrayLength() > MaxInputs
                ? OpenAiError.BadRequest(
                    $"Invalid '{param}': array too long. Expected an array with maximum length {MaxInputs}, but got an array with length {value.GetArrayLength()} instead.",
                    param, "array_above_max_length")
                : null
            : OpenAiError.BadRequest(
                $"'$.{param}' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.", null, null);

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;

    private static bool IsTokens(JsonElement value) =>
        IsListOf(value, token => token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var id) && id >= 0);

    private static bool IsListOf(JsonElement value, Func<JsonElement, bool> item) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(item);
}
