using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Finds the pieces of a message (facts: 3.2, 3.3). What the provider did by tools of its own is left out: no client of another protocol could answer it.</summary>
/// <param name="begun">What the client hears before the answer, as written in a JSON string.</param>
internal sealed class MessagesTranslationReader(ReadOnlyMemory<byte> begun = default) : AnswerReader
{
    private bool hasBegun;
    private bool hasFinished;
    private bool isCall;
    // A block of a kind that has no place with clients of other protocols.
    private bool isForeign;
    private bool hasArguments;
    private int calls;

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data, AnswerWriter writer)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            return default;
        }

        var read = MessagesEvent.Read(data);
        if (hasFinished)
        {
            return read.Told;
        }

        if (read.Type.SequenceEqual("content_block_delta"u8))
        {
            Begin(writer);
            ReadDelta(read.Delta, writer);
        }
        else if (read.Type.SequenceEqual("content_block_start"u8))
        {
            Begin(writer);
            Begin(read.Block, writer);
        }
        else if (read.Type.SequenceEqual("content_block_stop"u8))
        {
            EndBlock(writer);
        }
        else if (read.Type.SequenceEqual("message_start"u8))
        {
            Begin(writer);
        }
        else if (read.Type.SequenceEqual("message_delta"u8))
        {
            Begin(writer);
            Finish(read.Delta, writer);
        }
        else if (read.Type.SequenceEqual("ping"u8))
        {
            writer.KeepAlive();
        }

        return read.Told;
    }

    public override void End(AnswerWriter writer)
    {
        Begin(writer);
        if (!hasFinished)
        {
            EndBlock(writer);
            Finish(FinishReason.Stop, default, writer);
        }
    }

    public override void ReadWhole(ReadOnlySpan<byte> answer, AnswerWriter writer)
    {
        Begin(writer);
        var reader = new Utf8JsonReader(answer);
        var end = default(Delta);
        var isAnswer = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("content"u8) && reader.TokenType == JsonTokenType.StartArray)
            {
                isAnswer = true;
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    Begin(Block.Read(ref reader, answer), writer);
                    EndBlock(writer);
                }
            }
            else
            {
                end.Take(name, ref reader);
            }
        }

        // It may be empty, but is there.
        if (!isAnswer)
        {
            throw new JsonException("no content");
        }

        Finish(end, writer);
    }

    private void Begin(AnswerWriter writer)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            writer.Begin();
            if (!begun.IsEmpty)
            {
                writer.Text(begun.Span);
            }
        }
    }

    private void Begin(in Block block, AnswerWriter writer)
    {
        EndBlock(writer);
        (isCall, hasArguments) = (block.Type.SequenceEqual("tool_use"u8), false);
        isForeign = !block.Type.IsEmpty && !isCall && !block.Type.SequenceEqual("text"u8) && !block.Type.SequenceEqual("thinking"u8) && !block.Type.SequenceEqual("redacted_thinking"u8);
        if (isCall)
        {
            writer.ToolCall(calls++, block.Id, block.Name);
            // In a stream they follow, and an empty object stands in their place.
            if (block.Input.Length > "{}".Length)
            {
                AddArguments(JsonStringText.Escape(block.Input), writer);
            }
        }
        else if (block.Type.SequenceEqual("text"u8) && !block.Text.IsEmpty)
        {
            writer.Text(block.Text);
        }
        else if (block.Type.SequenceEqual("thinking"u8))
        {
            ReadDelta(new Delta { Thinking = block.Thinking, Signature = block.Signature }, writer);
        }
        else if (block.Type.SequenceEqual("redacted_thinking"u8) && !block.Data.IsEmpty)
        {
            writer.RedactedReasoning(block.Data);
        }
    }

    private void ReadDelta(in Delta delta, AnswerWriter writer)
    {
        if (isForeign)
        {
            return;
        }

        if (!delta.Text.IsEmpty)
        {
            writer.Text(delta.Text);
        }

        if (isCall && !delta.PartialJson.IsEmpty)
        {
            AddArguments(delta.PartialJson, writer);
        }

        if (!delta.Thinking.IsEmpty)
        {
            writer.Reasoning(delta.Thinking);
        }

        if (!delta.Signature.IsEmpty)
        {
            writer.ReasoningSignature(delta.Signature);
        }
    }

    private void AddArguments(ReadOnlySpan<byte> fragment, AnswerWriter writer)
    {
        hasArguments = true;
        writer.Arguments(calls - 1, fragment);
    }

    // A tool without arguments is called without a delta.
    private void EndBlock(AnswerWriter writer)
    {
        if (isCall && !hasArguments)
        {
            writer.Arguments(calls - 1, "{}"u8);
        }

        (isCall, isForeign) = (false, false);
    }

    private void Finish(in Delta delta, AnswerWriter writer)
    {
        if (delta.StopReason.IsEmpty)
        {
            return;
        }

        EndBlock(writer);

        var reason = ReasonOf(delta.StopReason);
        if (reason == FinishReason.Refusal && !delta.Explanation.IsEmpty)
        {
            writer.Refusal(delta.Explanation);
        }

        Finish(reason, delta.StopSequence, writer);
    }

    private void Finish(FinishReason reason, ReadOnlySpan<byte> sequence, AnswerWriter writer)
    {
        hasFinished = true;
        writer.Finish(reason, sequence);
    }

    // Servers that resemble Anthropic say the turn ends where tools are called.
    private FinishReason ReasonOf(ReadOnlySpan<byte> reason) =>
        reason.SequenceEqual("tool_use"u8) ? FinishReason.ToolCalls
        : reason.SequenceEqual("max_tokens"u8) || reason.SequenceEqual("model_context_window_exceeded"u8) ? FinishReason.Length
        : reason.SequenceEqual("stop_sequence"u8) ? FinishReason.StopSequence
        : reason.SequenceEqual("refusal"u8) ? FinishReason.Refusal
        : calls > 0 && reason.SequenceEqual("end_turn"u8) ? FinishReason.ToolCalls
        : FinishReason.Stop;
}
