using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>The whole check of a chat completion's body. As at the API, the first thing wrong is the answer.</summary>
internal static class ChatRequestCheck
{
    /// <param name="body">The request's.</param>
    /// <param name="deployment">The model, where it is known without the body; else null.</param>
    /// <param name="catalogue">The models there are.</param>
    public static OpenAiError? Check(JsonElement body, string? deployment, ModelCatalogue catalogue) =>
        ChatParameters.Check(body, isDeployed: deployment is not null)
        ?? ModelRules.Check(body, deployment ?? body.TextOf("model")!, catalogue)
        ?? MessageRules.Check(body)
        ?? ToolRules.Check(body)
        ?? ToolChoiceRules.Check(body)
        ?? StreamOptionsRules.Check(body)
        ?? ResponseFormatRules.Check(body);
}
