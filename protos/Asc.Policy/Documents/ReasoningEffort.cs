namespace Asc.Policy.Documents;

/// <summary>How much a model is to think before it answers, in OpenAI's words (<c>reasoning_effort</c>); Anthropic's are the same but for the first two.</summary>
[Flags]
public enum ReasoningEffort
{
    /// <summary>Not said.</summary>
    Unsaid = 0,

    /// <summary>Not at all: <c>none</c>, or Anthropic's <c>disabled</c>.</summary>
    None = 1,

    Minimal = 2,
    Low = 4,
    Medium = 8,
    High = 16,
    XHigh = 32,
    Max = 64,
}
