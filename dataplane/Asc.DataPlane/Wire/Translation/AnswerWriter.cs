using System.Buffers;
using System.Text.Json;
using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>How a protocol says what was used.</summary>
internal delegate void UsageWords(Utf8JsonWriter writer, in TokenUsage usage);

/// <summary>
/// Writes an answer in a client's protocol, piece by piece, as a reader of another protocol finds it. Texts are what stands in a JSON string, escapes and all,
/// and are copied. What was called for is written at once, unless the protocol has its place later.
/// </summary>
internal abstract class AnswerWriter
{
    // About what a call costs beside its texts.
    private const int CallCost = 256;
    private long kept;

    /// <summary>Where it writes to.</summary>
    public IBufferWriter<byte> Output { get; set; } = null!;

    /// <summary>How many bytes are kept at most of what has its place later.</summary>
    public int KeptMaximum { get; set; } = int.MaxValue;

    /// <summary>How many events it has written, where the protocol numbers them.</summary>
    public virtual int Events => 0;

    /// <summary>The answer begins.</summary>
    public abstract void Begin();

    public abstract void Text(ReadOnlySpan<byte> text);

    /// <summary>Why the model declines, in its words.</summary>
    public abstract void Refusal(ReadOnlySpan<byte> text);

    public abstract void Reasoning(ReadOnlySpan<byte> text);

    /// <summary>What the provider knows the reasoning before it by.</summary>
    public abstract void ReasoningSignature(ReadOnlySpan<byte> text);

    /// <summary>Reasoning that only the provider can read.</summary>
    public abstract void RedactedReasoning(ReadOnlySpan<byte> data);

    /// <summary>A tool is called.</summary>
    /// <param name="ordinal">Which of the answer's calls it is, from 0.</param>
    public abstract void ToolCall(int ordinal, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name);

    /// <summary>More of a call's arguments.</summary>
    public abstract void Arguments(int ordinal, ReadOnlySpan<byte> fragment);

    /// <summary>Why it ends. Nothing of the answer follows but its usage.</summary>
    /// <param name="sequence">The string that ended it; empty where it is another reason, or not told.</param>
    public abstract void Finish(FinishReason reason, ReadOnlySpan<byte> sequence);

    /// <summary>The answer is complete.</summary>
    public abstract void End(in TokenUsage usage);

    /// <summary>The provider is at work, and has nothing to say yet.</summary>
    public virtual void KeepAlive()
    {
    }

    /// <summary>Keeps what can't be written yet.</summary>
    /// <exception cref="AnswerTooLargeException">It is too much.</exception>
    public void Keep(ArrayBufferWriter<byte> place, ReadOnlySpan<byte> text)
    {
        Count(text.Length);
        place.Write(text);
    }

    /// <summary>A call is kept.</summary>
    /// <inheritdoc cref="Keep"/>
    public void CountCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name) => Count(CallCost + id.Length + name.Length);

    protected void Write(ReadOnlySpan<byte> bytes) => Output.Write(bytes);

    protected void Write(in TokenUsage usage, UsageWords words)
    {
        using var json = new Utf8JsonWriter(Output);
        words(json, usage);
    }

    private void Count(int bytes)
    {
        kept += bytes;
        if (kept > KeptMaximum)
        {
            throw new AnswerTooLargeException(KeptMaximum);
        }
    }
}
