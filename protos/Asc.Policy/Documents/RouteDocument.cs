using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>A name that stands for several models, in the order of preference.</summary>
/// <param name="Name">What requests may ask for.</param>
/// <param name="Targets">The models.</param>
/// <param name="Retry">How often each deployment is called; null: the default.</param>
/// <param name="HedgeAfter">When the next target is asked as well; null: only where the one before failed.</param>
public sealed record RouteDocument(string Name, ImmutableArray<string> Targets, RetryDocument? Retry = null, TimeSpan? HedgeAfter = null);
