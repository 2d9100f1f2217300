using System.Buffers;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Gathers the pieces of an answer that is written at its end. Texts are as they stand in a JSON string.</summary>
internal abstract class WholeAnswerPieces : AnswerWriter
{
    protected ArrayBufferWriter<byte> TextSoFar { get; } = new();

    protected ArrayBufferWriter<byte> RefusalSoFar { get; } = new();

    protected ArrayBufferWriter<byte> ReasoningSoFar { get; } = new();

    protected ArrayBufferWriter<byte> SignatureSoFar { get; } = new();

    protected List<GatheredCall> Calls { get; } = [];

    protected FinishReason Reason { get; private set; }

    /// <summary>The string that ended it; empty where none did.</summary>
    protected byte[] StopSequence { get; private set; } = [];

    public override void Begin()
    {
    }

    public override void Text(ReadOnlySpan<byte> text) => TextSoFar.Write(text);

    public override void Refusal(ReadOnlySpan<byte> text) => RefusalSoFar.Write(text);

    // A signature is one thought's: of several the first is told, which can come back as it was.
    public override void Reasoning(ReadOnlySpan<byte> text)
    {
        if (SignatureSoFar.WrittenCount == 0)
        {
            ReasoningSoFar.Write(text);
        }
    }

    public override void ReasoningSignature(ReadOnlySpan<byte> text)
    {
        if (SignatureSoFar.WrittenCount == 0)
        {
            SignatureSoFar.Write(text);
        }
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
    }

    public override void ToolCall(int ordinal, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name) => Calls.Add(new(id.ToArray(), name.ToArray(), new()));

    public override void Arguments(int ordinal, ReadOnlySpan<byte> fragment) => Calls[ordinal].Arguments.Write(fragment);

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> sequence) => (Reason, StopSequence) = (reason, sequence.ToArray());
}

/// <summary>A call with all of its arguments.</summary>
internal sealed record GatheredCall(byte[] Id, byte[] Name, ArrayBufferWriter<byte> Arguments);
