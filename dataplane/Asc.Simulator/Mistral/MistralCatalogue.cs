namespace Asc.Simulator.Mistral;

/// <summary>The models that the simulated Mistral API serves, and what each takes.</summary>
internal sealed class MistralCatalogue(SimulatorOptions options)
{
    private readonly MistralModel[] _models = [.. options.MistralModels, .. options.Models.Where(NamePattern.IsPrefix).Select(Other)];

    /// <summary>Those with a name of their own, once for each name, in the order of the names.</summary>
    public IReadOnlyList<(string Id, MistralModel Model)> Listed { get; } =
    [
        .. options.MistralModels.Where(model => !NamePattern.IsPrefix(model.Name))
            .SelectMany(model => model.Aliases.Prepend(model.Name).Select(id => (id, model)))
            .OrderBy(entry => entry.id, StringComparer.Ordinal),
    ];

    /// <summary>Null if there is no such model.</summary>
    public MistralModel? Find(string name) =>
        Array.Find(_models, model => model.Name == name || model.Aliases.Contains(name))
        ?? Array.Find(_models, model => NamePattern.Matches(model.Name, name));

    // What the options allow by a prefix is allowed in every dialect, and for everything.
    private static MistralModel Other(string prefix) => new()
    {
        Name = prefix,
        Abilities = MistralAbilities.Chat | MistralAbilities.Tools | MistralAbilities.Vision | MistralAbilities.Fim | MistralAbilities.Embeddings,
        TakesOutputDimension = true,
    };
}
