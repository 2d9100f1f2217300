namespace Asc.DataPlane.Resilience;

/// <summary>What the node knew of a name's candidates as the decision was made; a bit each, by its place.</summary>
/// <param name="Unhealthy">Those whose circuit is open.</param>
/// <param name="Resting">Those that asked to be left alone.</param>
internal readonly record struct CandidateHealth(ulong Unhealthy, ulong Resting);
