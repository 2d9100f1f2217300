using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Finds the pieces of a provider's answer, and has them written as they come. One for each call; what it remembers does not grow with the answer.</summary>
internal abstract class AnswerReader
{
    /// <summary>Reads one event of a stream, once: what it says beside the answer comes back. O(its length).</summary>
    /// <param name="data">The event's data; not empty.</param>
    /// <exception cref="JsonException">It is not what the protocol sends.</exception>
    public abstract StreamEvent ReadEvent(ReadOnlySpan<byte> data, AnswerWriter writer);

    /// <summary>Reads an answer that came whole, from its beginning to why it ended.</summary>
    /// <exception cref="JsonException">It is not what the protocol sends.</exception>
    /// <exception cref="AnswerFailedException">It says that it failed.</exception>
    public abstract void ReadWhole(ReadOnlySpan<byte> answer, AnswerWriter writer);

    /// <summary>Nothing more comes: an answer that did not say so has begun, and is finished.</summary>
    public abstract void End(AnswerWriter writer);
}
