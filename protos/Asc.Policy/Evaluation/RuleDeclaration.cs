namespace Asc.Policy.Evaluation;

/// <summary>Where a rule is written down.</summary>
/// <param name="Kind">The resource's kind.</param>
/// <param name="Name">Its name; a tenant's path.</param>
/// <param name="Path">The field within it, e.g. <c>spec.models.allow</c>.</param>
public sealed record RuleDeclaration(string Kind, string Name, string Path);
