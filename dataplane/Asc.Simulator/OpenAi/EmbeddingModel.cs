namespace Asc.Simulator.OpenAi;

/// <summary>A model for embeddings.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Dimensions">How long its vectors are, and the most that <c>dimensions</c> may be.</param>
/// <param name="TakesDimensions">Whether shorter vectors may be asked for.</param>
public sealed record EmbeddingModel(string Name, int Dimensions, bool TakesDimensions)
{
    /// <summary>The models that there are unless the options say otherwise.</summary>
    public static IReadOnlyList<EmbeddingModel> Known { get; } =
    [
        new("text-embedding-3-large", 3_072, true),
        new("text-embedding-3-small", 1_536, true),
        new("text-embedding-ada-002", 1_536, false),
    ];
}
