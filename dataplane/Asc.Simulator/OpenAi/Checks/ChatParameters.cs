using System.Text.Json;
using static Asc.Simulator.OpenAi.Checks.ValueRules;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>The top-level parameters of a chat completion and the type and range of each.</summary>
internal static class ChatParameters
{
    private static readonly Dictionary<string, ValueRule> Rules = new(StringComparer.Ordinal)
    {
        ["audio"] = Object,
        ["frequency_penalty"] = Decimal(-2, 2),
        ["function_call"] = Any,
        ["functions"] = Array,
        ["logit_bias"] = Object,
        ["logprobs"] = Flag,
        ["max_completion_tokens"] = Integer(1, int.MaxValue),
        ["max_tokens"] = Integer(1, int.MaxValue),
        ["messages"] = Array,
        ["metadata"] = Object,
        ["modalities"] = Array,
        ["model"] = Text,
        ["moderation"] = Any,
        ["n"] = Integer(1, 128),
        ["parallel_tool_calls"] = Flag,
        ["prediction"] = Object,
        ["presence_penalty"] = Decimal(-2, 2),
        ["prompt_cache_key"] = Text,
        ["prompt_cache_options"] = Object,
        ["prompt_cache_retention"] = Text,
        ["reasoning_effort"] = OneOf("none", "minimal", "low", "medium", "high", "xhigh", "max"),
        ["response_format"] = Object,
        ["safety_identifier"] = Text,
        ["seed"] = Integer(long.MinValue, long.MaxValue),
        ["service_tier"] = OneOf("auto", "default", "flex", "scale", "priority", "fast"),
        ["stop"] = StopRule.Check,
        ["store"] = Flag,
        ["stream"] = Flag,
        ["stream_options"] = Object,
        ["temperature"] = Decimal(0, 2),
        ["tool_choice"] = Any,
        ["tools"] = Array,
        ["top_logprobs"] = Integer(0, 20),
        ["top_p"] = Decimal(0, 1),
        ["user"] = Text,
        ["verbosity"] = OneOf("low", "medium", "high"),
        ["web_search_options"] = Object,
    };

    private static readonly ParameterSet Called = new(Rules, "model", "messages");
    private static readonly ParameterSet Deployed = new(Rules, "messages");

    /// <param name="body">The request's.</param>
    /// <param name="isDeployed">Whether the model is known without the body.</param>
    public static OpenAiError? Check(JsonElement body, bool isDeployed) => (isDeployed ? Deployed : Called).Check(body);
}
