using System.Text.Json;
using Asc.Simulator.Claude;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Sampling parameters where the version still has them: what the model takes, and what thinking leaves of it.</summary>
internal static class SamplingRules
{
    private const double Default = 1;
    private const double LeastTopPWhenThinking = 0.95;

    public static AnthropicError? Check(RequestTerms terms)
    {
        var (temperature, topP, topK) = (Number(terms, "temperature"), Number(terms, "top_p"), Number(terms, "top_k"));
        return terms.Model.Sampling switch
        {
            ClaudeSampling.None => Deprecated("temperature", temperature is not (null or Default))
                ?? Deprecated("top_p", topP is not (null or Default))
                ?? Deprecated("top_k", topK is not null),
            ClaudeSampling.One when temperature is not null && topP is not null => AnthropicError.Invalid(
                "`temperature` and `top_p` cannot both be specified for this model. Please use only one."),
            _ => terms.AsksToThink ? CheckThinking(temperature, topP, topK) : null,
        };
    }

    private static AnthropicError? CheckThinking(double? temperature, double? topP, double? topK) =>
        temperature is not (null or Default) ? AnthropicError.Invalid("`temperature` may only be set to 1 when thinking is enabled.")
        : topP < LeastTopPWhenThinking ? AnthropicError.Invalid("`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.")
        : topK is not null ? AnthropicError.Invalid("`top_k` must be unset when thinking is enabled.")
        : null;

    private static AnthropicError? Deprecated(string name, bool isUsed) =>
        isUsed ? AnthropicError.Invalid($"`{name}` is deprecated for this model.") : null;

    private static double? Number(RequestTerms terms, string name) =>
        terms.Body.TryGetPresent(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
