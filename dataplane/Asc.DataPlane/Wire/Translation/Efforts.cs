using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>How efforts are written, in OpenAI's words and Anthropic's.</summary>
internal static class Efforts
{
    // Below are those of the budgets that Anthropic's older models are given (facts: 3.1, 3.4).
    private const long LowBudget = 2048;
    private const long MediumBudget = 8192;
    private const long HighBudget = 16384;

    /// <summary><see cref="ReasoningEffort.Unsaid"/> of an undefined element, and of a word that isn't known.</summary>
    public static ReasoningEffort Of(JsonElement word) => word switch
    {
        _ when word.Is("none"u8) => ReasoningEffort.None,
        _ when word.Is("minimal"u8) => ReasoningEffort.Minimal,
        _ when word.Is("low"u8) => ReasoningEffort.Low,
        _ when word.Is("medium"u8) => ReasoningEffort.Medium,
        _ when word.Is("high"u8) => ReasoningEffort.High,
        _ when word.Is("xhigh"u8) => ReasoningEffort.XHigh,
        _ when word.Is("max"u8) => ReasoningEffort.Max,
        _ => ReasoningEffort.Unsaid,
    };

    /// <summary>Of <c>thinking.budget_tokens</c>.</summary>
    public static ReasoningEffort OfBudget(long tokens) => tokens <= LowBudget ? ReasoningEffort.Low : tokens <= MediumBudget ? ReasoningEffort.Medium : ReasoningEffort.High;

    /// <summary>As <c>thinking.budget_tokens</c>; the least that is permitted is 1,024.</summary>
    public static long Budget(this ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.Minimal or ReasoningEffort.Low => LowBudget,
        ReasoningEffort.Medium => MediumBudget,
        _ => HighBudget,
    };

    /// <summary>As <c>reasoning_effort</c>.</summary>
    public static ReadOnlySpan<byte> OpenAiWord(this ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => "none"u8,
        ReasoningEffort.Minimal => "minimal"u8,
        _ => effort.AnthropicWord(),
    };

    /// <summary>As <c>output_config.effort</c>.</summary>
    public static ReadOnlySpan<byte> AnthropicWord(this ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.Medium => "medium"u8,
        ReasoningEffort.High => "high"u8,
        ReasoningEffort.XHigh => "xhigh"u8,
        ReasoningEffort.Max => "max"u8,
        _ => "low"u8,
    };
}
