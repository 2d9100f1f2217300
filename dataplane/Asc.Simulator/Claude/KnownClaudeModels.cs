namespace Asc.Simulator.Claude;

/// <summary>The models of late 2026 that are simulated unless the options say otherwise.</summary>
/// <remarks>
/// From the models' overview, "what's new" and migration pages at platform.claude.com as of November 2026.
/// Not found there, and assumed: the dates of Sonnet 5, and the shortest cached prefix of all but Haiku and Sonnet 4.5.
/// </remarks>
public static class KnownClaudeModels
{
    private const ClaudeThinking ByBudget = ClaudeThinking.Disabled | ClaudeThinking.Enabled;

    private static readonly ClaudeModel Recent = new() { Name = "*", BindsThinking = true, ThinksUnasked = true };

    private static readonly ClaudeModel Older = new()
    {
        Name = "*",
        MaxOutput = 64_000,
        ContextWindow = 200_000,
        Sampling = ClaudeSampling.One,
        TakesPrefill = true,
        TakesSystemMessages = false,
        TakesInferenceGeo = false,
        Efforts = [],
        Thinking = ByBudget,
        ShowsThinking = true,
    };

    /// <summary>All of them, the newest first.</summary>
    public static IReadOnlyList<ClaudeModel> All { get; } =
    [
        Recent with
        {
            Name = "claude-haiku-5-5",
            DisplayName = "Claude Haiku 5.5",
            Line = "haiku",
            CreatedAt = Day(2026, 10, 7),
            MinCachedTokens = 512,
        },
        Recent with
        {
            Name = "claude-sonnet-5-5",
            DisplayName = "Claude Sonnet 5.5",
            Line = "sonnet",
            CreatedAt = Day(2026, 9, 28),
            Thinking = ClaudeThinking.Adaptive | ClaudeThinking.BetweenTools,
            TakesForcedTools = false,
        },
        Recent with
        {
            Name = "claude-opus-5-5",
            DisplayName = "Claude Opus 5.5",
            Line = "opus",
            CreatedAt = Day(2026, 9, 22),
            Thinking = ClaudeThinking.Adaptive,
            TakesForcedTools = false,
        },
        Recent with
        {
            Name = "claude-sonnet-5",
            DisplayName = "Claude Sonnet 5",
            Line = "sonnet",
            CreatedAt = Day(2026, 7, 1),
            BindsThinking = false,
        },
        Older with
        {
            Name = "claude-haiku-4-5",
            DisplayName = "Claude Haiku 4.5",
            Line = "haiku",
            CreatedAt = Day(2025, 10, 1),
            MinCachedTokens = 4_096,
        },
        Older with
        {
            Name = "claude-sonnet-4-5",
            DisplayName = "Claude Sonnet 4.5",
            Line = "sonnet",
            CreatedAt = Day(2025, 9, 29),
        },
    ];

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
