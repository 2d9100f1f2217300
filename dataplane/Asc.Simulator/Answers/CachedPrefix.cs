namespace Asc.Simulator.Answers;

/// <summary>The tokens of a prompt that a cache had to do with.</summary>
/// <param name="Read">Read from it.</param>
/// <param name="Written">Written to it.</param>
internal readonly record struct CachedPrefix(int Read, int Written);
