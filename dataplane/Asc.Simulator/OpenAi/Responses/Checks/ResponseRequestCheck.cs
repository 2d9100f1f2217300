using System.Text.Json;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Checks;

/// <summary>The whole check of a response's body. As at the API, the first thing wrong is the answer.</summary>
internal sealed class ResponseRequestCheck(ModelCatalogue catalogue, ResponseStore store)
{
    // What would need state that the simulator does not keep.
    private static readonly string[] Stateful = ["conversation", "prompt", "context_management"];

    /// <param name="body">The request's.</param>
    /// <param name="account">Whose it is.</param>
    public OpenAiError? Check(JsonElement body, string account) =>
        ResponseParameters.Check(body)
        ?? CheckModel(body)
        ?? CheckState(body)
        ?? (body.TryGetPresent("stream_options", out _) && !body.IsTrue("stream")
            ? OpenAiError.BadRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", "invalid_parameter_combination")
            : null)
        ?? ToolRules.CheckChoice(body)
        ?? CheckInput(body, account);

    private OpenAiError? CheckModel(JsonElement body)
    {
        var model = body.TextOf("model")!;
        if (!catalogue.Serves(model))
        {
            return catalogue.FindEmbedding(model) is null ? OpenAiError.ModelNotFound(model) : OpenAiError.NotForResponses();
        }

        if (ModelTraits.Reasons(model))
        {
            return ReasoningModelRules.Check(body, model, body.TryGetPresent("reasoning", out var said) ? said.TextOf("effort") : null, "reasoning.effort");
        }

        return body.TryGetPresent("reasoning", out var reasoning) && reasoning.TryGetPresent("effort", out _)
            ? OpenAiError.Unsupported("reasoning.effort", "")
            : ResponseRequest.Includes(body, "reasoning.encrypted_content")
                ? OpenAiError.BadRequest("Encrypted content is not supported with this model.", "include", null)
                : null;
    }

    private OpenAiError? CheckState(JsonElement body)
    {
        if (body.TextOf("previous_response_id") is { } id && store.Find(id) is null)
        {
            return OpenAiError.BadRequest($"Previous response with id '{id}' not found.", "previous_response_id", "previous_response_not_found");
        }

        return body.IsTrue("background") ? OpenAiError.Unsupported("background", "")
            : Stateful.FirstOrDefault(name => body.TryGetPresent(name, out _)) is { } name ? OpenAiError.Unsupported(name, "")
            : null;
    }

    private OpenAiError? CheckInput(JsonElement body, string account)
    {
        var items = ResponseRequest.ItemsOf(body);
        var before = body.TextOf("previous_response_id") is { } id ? store.Find(id)! : StoredResponse.None;
        if (!body.TryGetPresent("input", out var input) || (input.ValueKind == JsonValueKind.Array && items.Count == 0))
        {
            return body.TextOf("previous_response_id") is null ? OpenAiError.BadRequest(
                "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation_id' must be provided.", "input", "missing_required_parameter") : null;
        }

        return items.Select(item => CheckItem(item, account)).FirstOrDefault(error => error is not null)
            ?? ItemPairing.Check(items, before)
            ?? CheckJson(body, input);
    }

    private OpenAiError? CheckItem(JsonElement item, string account)
    {
        var id = item.TextOf("id");
        return item.TextOf("type") switch
        {
            "item_reference" => OpenAiError.ItemNotFound(id!),
            "reasoning" when item.TextOf("encrypted_content") is { } sealedContent => EncryptedReasoning.IsGenuine(sealedContent, account)
                ? null
                : OpenAiError.BadRequest($"The encrypted content for item {id} could not be verified.", null, "invalid_encrypted_content"),
            "reasoning" when !store.Knows(id!) => OpenAiError.ItemNotFound(id!),
            _ => null,
        };
    }

    private static OpenAiError? CheckJson(JsonElement body, JsonElement input)
    {
        var wantsJson = body.TryGetPresent("text", out var text) && text.TryGetPresent("format", out var format) && format.TextOf("type") == "json_object";
        return wantsJson && !input.GetRawText().Contains("json", StringComparison.OrdinalIgnoreCase)
            ? OpenAiError.BadRequest(
                "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.", "input", null)
            : null;
    }
}
