namespace Asc.Simulator.Claude;

/// <summary>The models that the simulated Anthropic API serves, and what each takes.</summary>
internal sealed class ClaudeCatalogue(SimulatorOptions options)
{
    private readonly ClaudeModel[] _models = [.. options.ClaudeModels, .. options.Models.Where(NamePattern.IsPrefix).Select(Other)];

    /// <summary>Those with a name of their own, the newest first.</summary>
    public IReadOnlyList<ClaudeModel> Listed { get; } =
    [
        .. options.ClaudeModels.Where(model => !NamePattern.IsPrefix(model.Name))
            .OrderByDescending(model => model.CreatedAt).ThenBy(model => model.Name, StringComparer.Ordinal),
    ];

    /// <summary>Null if there is no such model.</summary>
    public ClaudeModel? Find(string name) =>
        Array.Find(_models, model => model.Name == name)
        ?? (Array.Find(_models, model => NamePattern.Matches(model.Name, name)) is { } found ? found with { Name = name } : null);

    // What the options allow by a prefix is allowed in every dialect.
    private static ClaudeModel Other(string prefix) => new() { Name = prefix };
}
