namespace Asc.Dev;

/// <summary>A provider of the sample policy: the real one where its key is in the environment, else the simulated one.</summary>
/// <param name="Name">As the policy has it; its secret is called the same.</param>
/// <param name="Variable">The environment variable that holds the user's own key.</param>
/// <param name="RealUrl">Where the real one is.</param>
/// <param name="SimulatedPath">Where the simulated one is, below the simulator's address.</param>
internal sealed record SampleProvider(string Name, string Variable, string RealUrl, string SimulatedPath)
{
    public static IReadOnlyList<SampleProvider> All { get; } =
    [
        new("openai-eu", "OPENAI_API_KEY", "https://eu.api.openai.com/v1", "eu/openai/v1"),
        new("openai-us", "OPENAI_API_KEY", "https://us.api.openai.com/v1", "us/openai/v1"),
        new("anthropic-us", "ANTHROPIC_API_KEY", "https://api.anthropic.com", "us/anthropic"),
        new("mistral-eu", "MISTRAL_API_KEY", "https://api.eu.mistral.ai", "eu/mistral"),
    ];

    private string? Key => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } key ? key : null;

    /// <summary>What it is called with: the user's own key, else what the simulator accepts.</summary>
    public string Secret => Key ?? $"simulated-{Name}";

    /// <summary>Puts it into the policy's text.</summary>
    public string PutInto(string policy, Uri? simulator)
    {
        var isReal = Key is not null || simulator is null;
        return policy
            .Replace($"${{{Name}.url}}", isReal ? RealUrl : $"{simulator}{SimulatedPath}", StringComparison.Ordinal)
            .Replace($"${{{Name}.network}}", isReal ? "public" : "private", StringComparison.Ordinal);
    }
}
