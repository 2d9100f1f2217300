using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>The effort and the place of inference that the model takes; a structured answer cannot cite.</summary>
internal static class OutputRules
{
    public static AnthropicError? Check(RequestTerms terms) => CheckEffort(terms) ?? CheckGeo(terms) ?? CheckCitations(terms);

    private static AnthropicError? CheckEffort(RequestTerms terms)
    {
        if (!terms.Body.TryGetPresent("output_config", out var config) || config.TextOf("effort") is not { } effort)
        {
            return null;
        }

        return terms.Model.Efforts.Count == 0 ? AnthropicError.Invalid("This model does not support the effort parameter.")
            : terms.Model.Efforts.Contains(effort) ? null
            : AnthropicError.Invalid($"This model does not support effort level '{effort}'. Supported levels: {string.Join(", ", terms.Model.Efforts)}.");
    }

    private static AnthropicError? CheckGeo(RequestTerms terms) =>
        !terms.Model.TakesInferenceGeo && terms.Body.TryGetPresent("inference_geo", out _)
            ? AnthropicError.At("inference_geo", "not supported for this model")
            : null;

    private static AnthropicError? CheckCitations(RequestTerms terms)
    {
        var documents = MessageContent.All(terms.Messages).Where(block => block.TextOf("type") == "document").ToList();
        var cited = documents.Count(Cites);
        return cited > 0 && terms.Format is not null ? AnthropicError.Invalid("Citations cannot be used with `output_config.format`.")
            : cited > 0 && cited < documents.Count ? AnthropicError.Invalid("Citations must be enabled on all or none of the documents in a request.")
            : null;
    }

    private static bool Cites(JsonElement document) => document.TryGetPresent("citations", out var citations) && citations.IsTrue("enabled");
}
