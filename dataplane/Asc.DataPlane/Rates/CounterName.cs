using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>Names a counter, in every policy version and on every node alike.</summary>
internal readonly record struct CounterName(LimitScope Scope, LimitKind Kind, string Subject)
{
    /// <summary>As the control plane knows it.</summary>
    public string Text => $"{Scope}/{Kind}/{Subject}";

    /// <summary>Of a text that the control plane has from a node; null where it is none.</summary>
    public static CounterName? Parse(string text) =>
        text.Split('/', 3) is [var scope, var kind, var subject] && Enum.TryParse(scope, out LimitScope parsedScope) && Enum.TryParse(kind, out LimitKind parsedKind)
            ? new(parsedScope, parsedKind, subject)
            : null;
}
