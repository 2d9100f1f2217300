namespace Asc.Simulator.Anthropic.Answers;

/// <summary>What is to be thought of a thinking block that comes back.</summary>
internal enum ThinkingVerdict
{
    /// <summary>It is as it was said.</summary>
    Good,

    /// <summary>The simulator did not sign it, or not this text.</summary>
    Forged,

    /// <summary>Another model said it.</summary>
    OtherModel,

    /// <summary>It was said after other messages.</summary>
    OtherConversation,
}
