namespace Asc.Simulator.Claude;

/// <summary>The kinds of <c>thinking</c> that a Claude model accepts in a request.</summary>
[Flags]
public enum ClaudeThinking
{
    /// <summary>No <c>thinking</c> at all.</summary>
    None = 0,

    /// <summary><c>disabled</c>: no thinking.</summary>
    Disabled = 1,

    /// <summary><c>enabled</c> with a budget of tokens.</summary>
    Enabled = 2,

    /// <summary><c>adaptive</c>: the model decides how much, guided by the effort.</summary>
    Adaptive = 4,

    /// <summary><c>between_tools</c>: no thinking up front.</summary>
    BetweenTools = 8,
}
