using Asc.Policy.Validation;

namespace Asc.PolicyFiles;

/// <summary>One thing that is wrong in a policy file, where it is, and how to mend it.</summary>
/// <param name="Severity">An error stops apply and publish; a warning is told.</param>
/// <param name="File">As given, or below the folder that was given; empty where the problem is in no file.</param>
/// <param name="Line">From 1; 0 where unknown.</param>
/// <param name="Column">From 1; 0 where unknown.</param>
/// <param name="Path">Within the resource, e.g. <c>spec.models.allow[2]</c>.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record FileProblem(
    ProblemSeverity Severity, string File, int Line, int Column, string Path, string Code, string Message, string Fix)
{
    /// <summary>A place as compilers write it; a file alone where it has no line to look at.</summary>
    public static string PlaceOf(string file, int line, int column) => line > 0 ? $"{file}:{line}:{column}" : file;
}
