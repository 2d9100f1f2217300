using System.Collections.Frozen;

namespace Asc.Simulator;

/// <summary>The models that the simulated provider serves.</summary>
internal sealed class ModelCatalogue(SimulatorOptions options)
{
    private readonly FrozenSet<string> _names =
        options.Models.Where(model => !NamePattern.IsPrefix(model)).ToFrozenSet(StringComparer.Ordinal);

    private readonly string[] _prefixes = [.. options.Models.Where(NamePattern.IsPrefix)];

    public IEnumerable<string> Listed => _names.Order(StringComparer.Ordinal);

    public bool Serves(string model) =>
        _names.Contains(model) || Array.Exists(_prefixes, prefix => NamePattern.Matches(prefix, model));
}
