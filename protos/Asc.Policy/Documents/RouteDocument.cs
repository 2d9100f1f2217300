using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A name that stands for several models, in the order of preference.</summary>
public sealed record RouteDocument(string Name, ImmutableArray<string> Targets);
