using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Asc.SqlServer.Tests.Completeness;

/// <summary>A place where the control plane applies an operator to a query, or runs one.</summary>
/// <param name="Statement">File and line.</param>
/// <param name="Operator">E.g. "SingleAsync".</param>
internal sealed record CallSite(string Statement, string Operator)
{
    /// <summary>The assemblies that query.</summary>
    public static IReadOnlyList<Assembly> Watched { get; } = [typeof(ControlPlane.ControlPlaneHost).Assembly, typeof(Persistence.ControlPlaneStore).Assembly];

    public override string ToString() => $"{Statement} {Operator}";

    /// <summary>The one that runs now: the innermost frame of the control plane, and what it calls.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallSite? Current(string? operatorName)
    {
        StackFrame? callee = null;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod() is { } method && Watched.Contains(method.Module.Assembly))
            {
                return new(Statements.At(method, frame.GetILOffset()), operatorName ?? callee!.GetMethod()!.Name);
            }

            callee = frame;
        }

        return null;
    }
}
