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

    /// <summary>What an object says under <paramref name="name"/>.</summary>
    /// <param name="path">Its own, for errors.</param>
    /// <exception cref="UntranslatableException">No such effort is known.</exception>
    public static ReasoningEffort Of(JsonElement says, ReadOnlySpan<byte> name, string path) => says.OptionalString(name, path) switch
    {
        { ValueKind: JsonValueKind.Undefined } => ReasoningEffort.Unsaid,
        var word when word.Is("none"u8) => ReasoningEffort.None,
        var word when word.Is("minimal"u8) => ReasoningEffort.Minimal,
        var word when word.Is("low"u8) => ReasoningEffort.Low,
        var word when word.Is("medium"u8) => ReasoningEffort.Medium,
        var word when word.Is("high"u8) => ReasoningEffort.High,
        var word when word.Is("xhigh"u8) => ReasoningEffort.XHigh,
        var word when word.Is("max"u8) => ReasoningEffort.Max,
        var word => throw new UntranslatableException($"\"{path}\" is none, minimal, low, medium, high, xhigh or max, not \"{word.Shown()}\".", path),
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
