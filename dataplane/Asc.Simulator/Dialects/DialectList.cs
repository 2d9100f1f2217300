using System.Collections.Frozen;
using Asc.Simulator.OpenAi;

namespace Asc.Simulator.Dialects;

/// <summary>The protocols that are spoken, by name.</summary>
internal sealed class DialectList(IEnumerable<IDialect> dialects, OpenAiDialect other)
{
    private readonly FrozenDictionary<string, IDialect> _dialects =
        dialects.ToFrozenDictionary(dialect => dialect.Protocol, StringComparer.Ordinal);

    /// <summary>Where nobody is at home the refusal is in the shape that most clients understand.</summary>
    public IDialect Of(string protocol) => _dialects.GetValueOrDefault(protocol, other);
}
