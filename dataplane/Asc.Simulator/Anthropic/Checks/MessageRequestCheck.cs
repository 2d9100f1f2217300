using System.Text.Json;
using Asc.Simulator.Claude;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>The whole check of a request's body. As at the API, the first thing wrong is the answer.</summary>
internal static class MessageRequestCheck
{
    private static readonly Func<RequestTerms, AnthropicError?>[] Rules =
    [
        MaxTokensRules.Check,
        MessageOrder.Check,
        SamplingRules.Check,
        ThinkingRules.Check,
        OutputRules.Check,
        ToolRules.Check,
        VersionRules.Check,
        ToolPairing.Check,
        ThinkingBlockRules.Check,
        CacheBreakpoints.Check,
        PromptLength.Check,
    ];

    /// <summary>What is wrong with the body; or, if nothing is, the model that it asks for.</summary>
    public static (AnthropicError? Error, ClaudeModel? Model) Check(
        JsonElement body, HttpRequest request, ClaudeCatalogue catalogue, bool countsOnly)
    {
        var version = AnthropicHeaders.Version(request)!.Value;
        if (RequestShape.Check(body, version, countsOnly, request) is { } malformed)
        {
            return (malformed, null);
        }

        var name = body.TextOf("model")!;
        if (catalogue.Find(name) is not { } model)
        {
            return (AnthropicError.UnknownModel(name), null);
        }

        var terms = new RequestTerms(body, model, version);
        return (Rules.Select(rule => rule(terms)).FirstOrDefault(error => error is not null), model);
    }
}
