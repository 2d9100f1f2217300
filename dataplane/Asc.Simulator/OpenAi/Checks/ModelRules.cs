using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>What depends on the model asked for.</summary>
internal static class ModelRules
{
    public static OpenAiError? Check(JsonElement body, string model, ModelCatalogue catalogue)
    {
        if (catalogue.FindEmbedding(model) is not null && !catalogue.Serves(model))
        {
            return OpenAiError.NotForChat();
        }

        if (!catalogue.Serves(model))
        {
            return OpenAiError.ModelNotFound(model);
        }

        if (HasFunctions(body) && !ModelTraits.CallsAt(body.TextOf("reasoning_effort"), model))
        {
            return OpenAiError.NoFunctions(model, orUnthinking: !ModelTraits.CallsByResponses(model));
        }

        if (ReasoningModelRules.Check(body, model, body.TextOf("reasoning_effort"), "reasoning_effort") is { } refused)
        {
            return refused;
        }

        if (!body.TryGetPresent("max_tokens", out _))
        {
            return null;
        }

        return ModelTraits.Reasons(model) ? OpenAiError.Unsupported("max_tokens", "Use 'max_completion_tokens' instead.")
            : body.TryGetPresent("max_completion_tokens", out _) ? OpenAiError.BadRequest(
                "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", "max_tokens", "invalid_parameter_combination")
            : null;
    }

    private static bool HasFunctions(JsonElement body) =>
        body.TryGetPresent("tools", out var tools) && tools.EnumerateArray().Any(tool => tool.ValueKind == JsonValueKind.Object && tool.TextOf("type") == "function");
}
