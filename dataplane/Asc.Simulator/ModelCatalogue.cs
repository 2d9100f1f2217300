using System.Collections.Frozen;
using Asc.Simulator.OpenAi;

namespace Asc.Simulator;

/// <summary>The models that the simulated provider serves.</summary>
internal sealed class ModelCatalogue(SimulatorOptions options)
{
    private readonly FrozenSet<string> _names =
        options.Models.Where(model => !NamePattern.IsPrefix(model)).ToFrozenSet(StringComparer.Ordinal);

    private readonly string[] _prefixes = [.. options.Models.Where(NamePattern.IsPrefix)];

    private readonly FrozenDictionary<string, EmbeddingModel> _embeddings =
        options.EmbeddingModels.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);

    public IEnumerable<string> Listed => _names.Concat(_embeddings.Keys).Order(StringComparer.Ordinal);

    /// <summary>Whether it answers in words.</summary>
    public bool Serves(string model) => _names.Contains(model) || IsPrefixed(model);

    /// <summary>Null if there is no such model, or not for embeddings. What is allowed by a prefix is good for everything.</summary>
    public EmbeddingModel? FindEmbedding(string model) =>
        _embeddings.TryGetValue(model, out var found) ? found
        : IsPrefixed(model) ? new EmbeddingModel(model, 1_536, true)
        : null;

    private bool IsPrefixed(string model) => Array.Exists(_prefixes, prefix => NamePattern.Matches(prefix, model));
}
