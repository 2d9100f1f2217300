using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire;

/// <summary>What a client has been given of a stream that breaks.</summary>
/// <param name="Answer">What the answer says of itself, where ASC writes it.</param>
/// <param name="ProviderId">The answer's id, where the provider's own words were passed on and had one.</param>
/// <param name="Events">How many events there were, comments aside.</param>
internal readonly record struct StreamSoFar(AnswerIdentity Answer, string? ProviderId, int Events);
