namespace Asc.Cli.Shapes;

/// <summary>Every list: <c>{"items":[…],"next":null}</c>.</summary>
internal sealed record ListShape<T>(IReadOnlyList<T> Items, string? Next = null);
