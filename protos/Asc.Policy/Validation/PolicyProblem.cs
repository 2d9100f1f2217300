namespace Asc.Policy.Validation;

/// <summary>One thing that is wrong with a document, and how to mend it. Where in which file is the reader's business: it knows the positions.</summary>
/// <param name="Severity">An error stops apply and publish; a warning is told.</param>
/// <param name="Kind">The resource's kind.</param>
/// <param name="Name">The resource's name; a tenant's path.</param>
/// <param name="Path">Within the resource, e.g. <c>spec.models.allow[2]</c>.</param>
/// <param name="Code">Stable, for programs, e.g. <c>dangling_reference</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record PolicyProblem(
    ProblemSeverity Severity, string Kind, string Name, string Path, string Code, string Message, string Fix);

/// <summary>Whether a problem stops anything.</summary>
public enum ProblemSeverity
{
    Error,
    Warning,
}
