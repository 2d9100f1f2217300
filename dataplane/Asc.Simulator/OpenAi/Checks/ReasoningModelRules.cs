using System.Globalization;
using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>What models that think refuse: to sample otherwise than they do, to be stopped, efforts that they don't have (developers.openai.com, reasoning models; as the API answers).</summary>
internal static class ReasoningModelRules
{
    private static readonly string[] Refused = ["stop", "logprobs", "top_logprobs", "logit_bias", "presence_penalty", "frequency_penalty"];
    private static readonly string[] FirstEfforts = ["minimal", "low", "medium", "high"];

    /// <param name="effortName">Where the effort is said.</param>
    public static OpenAiError? Check(JsonElement body, string model, string? effort, string effortName)
    {
        if (!ModelTraits.Reasons(model))
        {
            return null;
        }

        if (ModelTraits.SamplesAsItLikes(model))
        {
            foreach (var name in new[] { "temperature", "top_p" })
            {
                if (body.TryGetPresent(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() != 1)
                {
                    return OpenAiError.UnsupportedValue(name, value.GetDouble().ToString(CultureInfo.InvariantCulture), "Only the default (1) value is supported.");
                }
            }
        }

        if (effort is not null && ModelTraits.IsFirstOfFive(model) && !FirstEfforts.Contains(effort))
        {
            return OpenAiError.UnsupportedValue(effortName, $"'{effort}'", "Supported values are: 'minimal', 'low', 'medium', and 'high'.");
        }

        return Refused.FirstOrDefault(name => Asks(body, name)) is { } refused ? OpenAiError.Unsupported(refused, "") : null;
    }

    private static bool Asks(JsonElement body, string name) => body.TryGetPresent(name, out var value) && value switch
    {
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } => value.GetDouble() != 0,
        { ValueKind: JsonValueKind.Array } => value.GetArrayLength() > 0,
        { ValueKind: JsonValueKind.Object } => value.EnumerateObject().Any(),
        _ => true,
    };
}
