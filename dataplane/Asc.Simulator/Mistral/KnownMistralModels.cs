namespace Asc.Simulator.Mistral;

/// <summary>The models of late 2026 that are simulated unless the options say otherwise.</summary>
/// <remarks>
/// Names and context lengths as the price lists of November 2026 have them. Which model leaves out what in its tool calls is chosen here,
/// so that each way that was seen at the API can be had by name.
/// </remarks>
public static class KnownMistralModels
{
    private const MistralAbilities ChatWithTools = MistralAbilities.Chat | MistralAbilities.Tools;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<MistralModel> All { get; } =
    [
        new()
        {
            Name = "codestral-2508",
            Aliases = ["codestral-latest"],
            CreatedAt = Day(2025, 8, 1),
            Abilities = ChatWithTools | MistralAbilities.Fim,
            ContextLength = 256_000,
        },
        new()
        {
            Name = "codestral-embed-2505",
            Aliases = ["codestral-embed"],
            CreatedAt = Day(2025, 5, 28),
            Abilities = MistralAbilities.Embeddings,
            ContextLength = 8_192,
            Dimensions = (1_536, 3_072),
            TakesOutputDimension = true,
        },
        new() { Name = "devstral-2512", Aliases = ["devstral-latest"], CreatedAt = Day(2025, 12, 1), Abilities = ChatWithTools, HasBareToolCalls = true },
        new()
        {
            Name = "magistral-medium-2509",
            Aliases = ["magistral-medium-latest"],
            CreatedAt = Day(2025, 9, 1),
            Abilities = ChatWithTools | MistralAbilities.Vision | MistralAbilities.Reasoning,
            ContextLength = 131_072,
            ReasonsUnasked = true,
        },
        new() { Name = "ministral-8b-2512", Aliases = ["ministral-8b-latest"], CreatedAt = Day(2025, 12, 1), HasObjectArguments = true },
        new()
        {
            Name = "mistral-embed",
            Aliases = ["mistral-embed-2312"],
            CreatedAt = Day(2023, 12, 1),
            Abilities = MistralAbilities.Embeddings,
            ContextLength = 8_192,
        },
        new() { Name = "mistral-large-2512", Aliases = ["mistral-large-latest"], CreatedAt = Day(2025, 12, 1) },
        new()
        {
            Name = "mistral-medium-3-5",
            Aliases = ["mistral-medium-latest"],
            CreatedAt = Day(2026, 4, 1),
            Abilities = ChatWithTools | MistralAbilities.Vision | MistralAbilities.Reasoning,
        },
        new()
        {
            Name = "mistral-small-2603",
            Aliases = ["mistral-small-latest"],
            CreatedAt = Day(2026, 3, 1),
            Abilities = ChatWithTools | MistralAbilities.Vision | MistralAbilities.Reasoning,
            HasBareToolCalls = true,
        },
        new() { Name = "zai-glm-5-2", CreatedAt = Day(2026, 8, 1), Abilities = ChatWithTools, StreamsCallsInPieces = true },
    ];

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
