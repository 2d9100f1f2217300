namespace Asc.Simulator.OpenAi;

/// <summary>What a model's name tells of it.</summary>
internal static class ModelTraits
{
    // The first generation whose prompt cache is billed for what is written to it.
    private static readonly string[] CacheWriters = ["gpt-5.6", "gpt-5.7", "gpt-5.8", "gpt-5.9", "gpt-6"];

    /// <summary>Whether it thinks before it answers.</summary>
    public static bool Reasons(string model) =>
        model.StartsWith("gpt-5", StringComparison.Ordinal)
        || model.StartsWith("gpt-6", StringComparison.Ordinal)
        || (model.Length > 1 && model[0] == 'o' && char.IsAsciiDigit(model[1]));

    /// <summary>Whether what is written to the prompt cache is told, because it costs more.</summary>
    public static bool TellsCacheWrites(string model) => Array.Exists(CacheWriters, prefix => model.StartsWith(prefix, StringComparison.Ordinal));
}
