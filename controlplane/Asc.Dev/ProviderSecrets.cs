namespace Asc.Dev;

/// <summary>The credentials that the sample's providers name: the user's own where they are set, else what the simulator accepts.</summary>
internal static class ProviderSecrets
{
    private static string? OpenAi => Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { Length: > 0 } key ? key : null;

    public static bool HasRealOpenAi => OpenAi is not null;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["openai-eu"] = OpenAi ?? "simulated-openai-eu",
        ["openai-us"] = OpenAi ?? "simulated-openai-us",
    };
}
