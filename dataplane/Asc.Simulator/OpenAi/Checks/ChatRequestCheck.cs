using System.Text.Json;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>The whole check of a chat completion's body. As at the API, the first thing wrong is the answer.</summary>
internal static class ChatRequestCheck
{
    public static OpenAiError? Check(JsonElement body, ModelCatalogue catalogue) =>
        body.ValueKind != JsonValueKind.Object
            ? OpenAiError.NotJson()
            : ChatParameters.Check(body)
                ?? ModelRules.Check(body, catalogue)
                ?? MessageRules.Check(body)
                ?? ToolRules.Check(body)
                ?? ToolChoiceRules.Check(body)
                ?? StreamOptionsRules.Check(body)
                ?? ResponseFormatRules.Check(body);
}
