namespace Asc.ControlPlane.Distribution;

/// <summary>How far a subscriber's access state has come.</summary>
/// <param name="Epoch">0: it has none.</param>
/// <param name="Sequence">The newest number that it has.</param>
/// <param name="WithheldThrough">Set where the subscriber is ahead of this database: through which number it was sent what withholds.</param>
internal readonly record struct AccessPosition(long Epoch, long Sequence, long? WithheldThrough = null);
