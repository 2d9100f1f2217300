using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What is known of a request once it is written for its provider.</summary>
/// <param name="Begun">What the answer goes on with, as written in a JSON string.</param>
/// <param name="Lost">What the provider wasn't asked for.</param>
/// <param name="Effort">How much the model was told to think.</param>
internal readonly record struct WrittenRequest(ReadOnlyMemory<byte> Begun, RequestFeatures Lost, ReasoningEffort Effort);
