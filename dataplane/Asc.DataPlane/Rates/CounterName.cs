using System.Security.Cryptography;
using System.Text;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Rates;

/// <summary>Names a counter, in every policy version and on every node alike.</summary>
internal readonly record struct CounterName(LimitScope Scope, LimitKind Kind, string Subject)
{
    private const int SubjectMaximum = 150;

    /// <summary>The counter of a subject of any length: a list of patterns may be long, and a name travels and is stored.</summary>
    public static CounterName Of(LimitScope scope, LimitKind kind, string subject) => new(
        scope, kind, subject.Length <= SubjectMaximum ? subject : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject))));

    /// <summary>As the control plane knows it.</summary>
    public string Text => $"{Scope}/{Kind}/{Subject}";

    /// <summary>Of a text that the control plane has from a node; null where it is none.</summary>
    public static CounterName? Parse(string text) =>
        text.Split('/', 3) is [var scope, var kind, var subject] && Enum.TryParse(scope, out LimitScope parsedScope) && Enum.TryParse(kind, out LimitKind parsedKind)
            ? new(parsedScope, parsedKind, subject)
            : null;
}
