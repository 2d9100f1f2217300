namespace Asc.Policy.Comparison;

/// <summary>One difference between two documents, in plain words.</summary>
/// <param name="Kind">The resource's kind.</param>
/// <param name="Name">The resource's name; a tenant's path.</param>
/// <param name="Operation">add | change | remove.</param>
/// <param name="Text">E.g. "acme/retail loses gpt-5-mini".</param>
public sealed record PolicyChange(string Kind, string Name, string Operation, string Text);
