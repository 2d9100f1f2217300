using System.Buffers;

namespace Asc.DataPlane.Wire;

/// <summary>W3C Trace Context.</summary>
internal static class TraceContext
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The trace id of a <c>traceparent</c> "00-{32 hex}-{16 hex}-{2 hex}"; null where it is none.</summary>
    public static string? TraceIdOf(string? traceParent) =>
        traceParent is { Length: 55 } && traceParent[2] == '-' && traceParent[35] == '-' && traceParent.AsSpan(3, 32).IndexOfAnyExcept(Hexadecimal) < 0
            ? traceParent.Substring(3, 32)
            : null;
}
