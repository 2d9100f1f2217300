namespace Asc.Simulator.Answers;

/// <summary>
/// Prompts that get special answers, the same in every protocol that can tell of them.
/// Anthropic's API itself has the first two for tests; there they go on with a long number, which the simulator does not ask for.
/// </summary>
internal static class MagicWords
{
    private const string Refusal = "ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL";
    private const string Redaction = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING";
    private const string ContentFilter = "SIMULATOR_MAGIC_STRING_TRIGGER_CONTENT_FILTER";
    private const string InterleavedTools = "SIMULATOR_MAGIC_STRING_TRIGGER_INTERLEAVED_TOOLS";
    private const string ParallelTools = "parallel";

    /// <summary>The model declines, and says nothing else.</summary>
    public static bool AskForRefusal(string prompt) => prompt.Contains(Refusal, StringComparison.Ordinal);

    /// <summary>The model thinks what nobody may read.</summary>
    public static bool AskForRedaction(string prompt) => prompt.Contains(Redaction, StringComparison.Ordinal);

    /// <summary>A filter ends the answer after a few words, or, where prompts are filtered, does not let it begin.</summary>
    public static bool AskForContentFilter(string prompt) => prompt.Contains(ContentFilter, StringComparison.Ordinal);

    /// <summary>Two tools are called at once, where two are offered and the request allows it.</summary>
    public static bool AskForParallelTools(string prompt) =>
        prompt.Contains(ParallelTools, StringComparison.OrdinalIgnoreCase) || AskForInterleavedTools(prompt);

    /// <summary>Two tools are called at once, and a stream that can tell the calls apart sends their inputs by turns.</summary>
    public static bool AskForInterleavedTools(string prompt) => prompt.Contains(InterleavedTools, StringComparison.Ordinal);
}
