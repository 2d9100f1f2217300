namespace Asc.Simulator.OpenAi;

/// <summary>What a model's name tells of it.</summary>
internal static class ModelTraits
{
    // The first generation whose prompt cache is billed for what is written to it.
    private static readonly string[] CacheWriters = ["gpt-5.6", "gpt-5.7", "gpt-5.8", "gpt-5.9", "gpt-6"];

    // Those that don't call functions by chat completions, and those that don't while they think. Of the latter gpt-5.4 thinks only where it is told to.
    private static readonly string[] CallingByResponses = ["gpt-6-astra", "gpt-6.1"];
    private static readonly string[] CallingUnthinking = ["gpt-5.4", "gpt-5.5", "gpt-5.6", "gpt-6-"];

    private static readonly string[] SamplingUnthinking = ["gpt-5.1", "gpt-5.2", "gpt-5.3", "gpt-5.4"];

    /// <summary>Whether it thinks before it answers.</summary>
    public static bool Reasons(string model) =>
        model.StartsWith("gpt-5", StringComparison.Ordinal)
        || model.StartsWith("gpt-6", StringComparison.Ordinal)
        || (model.Length > 1 && model[0] == 'o' && char.IsAsciiDigit(model[1]));

    /// <summary>Whether it takes no other temperature than 1: gpt-5.1 to gpt-5.4 do, where they don't think.</summary>
    public static bool SamplesAsItLikes(string model) => Reasons(model) && !IsOneOf(SamplingUnthinking, model);

    /// <summary>Whether it thinks at this effort; gpt-5.1 to gpt-5.4 do only where they are told to.</summary>
    public static bool ThinksAt(string? effort, string model) => Reasons(model) && (effort is null ? !IsOneOf(SamplingUnthinking, model) : effort != "none");

    /// <summary>Whether it is of the first gpt-5, whose efforts are fewer.</summary>
    public static bool IsFirstOfFive(string model) => model == "gpt-5" || model.StartsWith("gpt-5-", StringComparison.Ordinal);

    /// <summary>Whether what is written to the prompt cache is told, because it costs more.</summary>
    public static bool TellsCacheWrites(string model) => IsOneOf(CacheWriters, model);

    /// <summary>Whether it calls functions by responses only.</summary>
    public static bool CallsByResponses(string model) => IsOneOf(CallingByResponses, model);

    /// <summary>Whether by chat completions it calls functions at this effort.</summary>
    public static bool CallsAt(string? effort, string model) =>
        !CallsByResponses(model) && (!IsOneOf(CallingUnthinking, model) || (effort ?? (model.StartsWith("gpt-5.4", StringComparison.Ordinal) ? "none" : "medium")) == "none");

    private static bool IsOneOf(string[] prefixes, string model) => Array.Exists(prefixes, prefix => model.StartsWith(prefix, StringComparison.Ordinal));
}
