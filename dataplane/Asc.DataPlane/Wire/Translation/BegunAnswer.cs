namespace Asc.DataPlane.Wire.Translation;

/// <summary>What an answer goes on with: the assistant's last words in the request.</summary>
/// <param name="Text">As written in a JSON string; empty: it begins anew.</param>
/// <param name="IsHeard">Whether the client's protocol has the answer begin with it, as Mistral's has; Anthropic's does not.</param>
internal readonly record struct BegunAnswer(ReadOnlyMemory<byte> Text, bool IsHeard);
