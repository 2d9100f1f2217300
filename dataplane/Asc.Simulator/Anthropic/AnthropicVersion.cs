namespace Asc.Simulator.Anthropic;

/// <summary>The versions of the API, as in the <c>anthropic-version</c> header.</summary>
internal enum AnthropicVersion
{
    /// <summary>2023-06-01.</summary>
    First,

    /// <summary>2026-10-21: no sampling parameters, no documents said by the assistant, no citations said by the user.</summary>
    Second,
}
