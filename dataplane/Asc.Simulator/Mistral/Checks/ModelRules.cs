using System.Globalization;
using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>What depends on the model asked for.</summary>
internal static class ModelRules
{
    public static MistralError? Chat(JsonElement body, MistralModel model) =>
        MessageOrder.Check([.. body.GetProperty("messages").EnumerateArray()])
        ?? ToolCallIds.Check(body.GetProperty("messages").EnumerateArray())
        ?? Tools(body, model)
        ?? Temperature(body, model)
        ?? Reasoning(body, model)
        ?? Vision(body, model)
        ?? Length(new ChatRequest(body, model).PromptTokens, model);

    public static MistralError? Fim(JsonElement body, MistralModel model) =>
        Temperature(body, model) ?? Length(new FimRequest(body, model).PromptTokens, model);

    public static MistralError? Embeddings(JsonElement body, MistralModel model)
    {
        var request = new EmbeddingRequest(body, model);
        var isUsual = !body.TryGetPresent("output_dimension", out _) && body.TextOf("output_dtype") is null or "float";
        return request.Inputs.Count == 0 || request.Inputs.Any(input => input.Length == 0) ? MistralError.Prompt("Input cannot be empty.")
            : !isUsual && !model.TakesOutputDimension ? MistralError.Arguments($"Model {model.Name} does not support output_dimension or output_dtype.")
            : request.Dimensions > model.Dimensions.Most ? MistralError.Arguments($"output_dimension must be less than or equal to {model.Dimensions.Most}.")
            : request.Inputs.Any(input => Answers.PromptTokens.Of(input) > model.ContextLength) ? MistralError.Prompt(
                $"Too many tokens in an input: at most {model.ContextLength} are allowed.")
            : null;
    }

    private static MistralError? Tools(JsonElement body, MistralModel model)
    {
        if (!body.TryGetPresent("tools", out var tools))
        {
            return null;
        }

        return model.Can(MistralAbilities.Tools)
            ? tools.EnumerateArray().Select(tool => ToolCallIds.CheckName(tool.GetProperty("function").TextOf("name")!)).FirstOrDefault(error => error is not null)
            : MistralError.Arguments("Function calling is not enabled for this model");
    }

    private static MistralError? Temperature(JsonElement body, MistralModel model) =>
        body.TryGetPresent("temperature", out var temperature) && temperature.GetDouble() > model.MaxTemperature
            ? MistralError.Arguments(string.Create(CultureInfo.InvariantCulture, $"Temperature must be between 0 and {model.MaxTemperature}"))
            : null;

    private static MistralError? Reasoning(JsonElement body, MistralModel model) =>
        !model.Can(MistralAbilities.Reasoning) && (body.TextOf("prompt_mode") is not null || body.TextOf("reasoning_effort") is not (null or "none"))
            ? MistralError.Arguments("Reasoning is not enabled for this model")
            : model.Can(MistralAbilities.Reasoning) && body.TextOf("reasoning_effort") is { } effort && !model.Efforts.Contains(effort)
                ? MistralError.Arguments(
                    $"reasoning_effort='{effort}' is not supported for this model. Must be one of ({string.Join(", ", model.Efforts.Select(one => $"<ReasoningEffort.{one}: '{one}'>"))})")
                : null;

    private static MistralError? Vision(JsonElement body, MistralModel model) =>
        !model.Can(MistralAbilities.Vision) && body.GetProperty("messages").EnumerateArray().Any(HasImage)
            ? MistralError.Arguments("Image input is not enabled for this model")
            : null;

    private static bool HasImage(JsonElement message) =>
        message.TryGetPresent("content", out var content) && content.ValueKind == JsonValueKind.Array
        && content.EnumerateArray().Any(chunk => chunk.TextOf("type") == "image_url");

    private static MistralError? Length(int tokens, MistralModel model) => tokens > model.ContextLength
        ? MistralError.Arguments($"Prompt contains {tokens} tokens, too large for model with {model.ContextLength} maximum context length")
        : null;
}
