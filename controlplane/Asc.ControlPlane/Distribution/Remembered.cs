namespace Asc.ControlPlane.Distribution;

/// <summary>What memory holds.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Through">The counter that had been seen when it was read: it shows every change up to there.</param>
internal readonly record struct Remembered<T>(T Value, long Through);
