namespace Asc.Simulator.Mistral;

/// <summary>
/// A model of the simulated Mistral API, what it takes and how its answers look. What is not said has the value that a recent chat model has.
/// </summary>
public sealed record MistralModel
{
    /// <summary>The id, or a prefix ending in <c>*</c>, which is accepted in requests but not listed.</summary>
    public required string Name { get; init; }

    /// <summary>Other names that it is served and listed by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>When it was released.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>What it can be used for.</summary>
    public MistralAbilities Abilities { get; init; } = MistralAbilities.Chat | MistralAbilities.Tools | MistralAbilities.Vision;

    /// <summary>Prompt and answer together; tokens.</summary>
    public int ContextLength { get; init; } = 262_144;

    /// <summary>The most that <c>temperature</c> may be: 1 by the API's error glossary, 1.5 by its OpenAPI document. The stricter is the default.</summary>
    public double MaxTemperature { get; init; } = 1;

    /// <summary>Whether it thinks when the request says nothing of it.</summary>
    public bool ReasonsUnasked { get; init; }

    /// <summary>What <c>reasoning_effort</c> may be where it thinks: all that the API knows is more than any of its models takes.</summary>
    public IReadOnlyList<string> Efforts { get; init; } = ["none", "high"];

    /// <summary>Whether tool calls lack <c>type</c> and <c>index</c>, and answers with calls lack content.</summary>
    public bool HasBareToolCalls { get; init; }

    /// <summary>Whether a tool call's arguments are an object instead of a string.</summary>
    public bool HasObjectArguments { get; init; }

    /// <summary>Whether a stream sends a tool call in pieces, all but the first with an empty name, as models of partners do.</summary>
    public bool StreamsCallsInPieces { get; init; }

    /// <summary>How long its embeddings are, and the most that <c>output_dimension</c> may be.</summary>
    public (int Default, int Most) Dimensions { get; init; } = (1_024, 1_024);

    /// <summary>Whether embeddings may have another length or type than the usual one.</summary>
    public bool TakesOutputDimension { get; init; }

    internal bool Can(MistralAbilities abilities) => (Abilities & abilities) == abilities;
}
