namespace Asc.Simulator.Anthropic.Answers;

/// <summary>
/// Prompts that get special answers. The API itself has such strings for tests; they begin like these and go on with a long number,
/// which the simulator does not ask for.
/// </summary>
internal static class MagicWords
{
    private const string Refusal = "ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL";
    private const string Redaction = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING";

    public static bool AskForRefusal(string prompt) => prompt.Contains(Refusal, StringComparison.Ordinal);

    public static bool AskForRedaction(string prompt) => prompt.Contains(Redaction, StringComparison.Ordinal);
}
