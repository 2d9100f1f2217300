using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Finds the pieces of a response (facts: 2.2, 3.7). Each item comes in pieces, and then once more as a whole, which counts only where no piece of it came.</summary>
internal sealed class ResponsesTranslationReader : AnswerReader
{
    private readonly ChatCalls calls = new();
    private bool hasBegun;
    private bool hasFinished;

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data, AnswerWriter writer)
    {
        var read = ResponsesEvent.Read(data);
        if (!hasFinished)
        {
            Hear(read, writer);
        }

        return read.Told;
    }

    private void Hear(in ResponsesEvent read, AnswerWriter writer)
    {
        if (read.Type.EndsWith(".delta"u8))
        {
            Begin(writer);
            ReadDelta(read, writer);
        }
        else if (read.Type.SequenceEqual("response.output_item.added"u8) && read.Item.IsCall)
        {
            Begin(writer);
            calls.Add(new() { Index = read.OutputIndex, Id = read.Item.CallId, Name = read.Item.Name }, writer);
        }
        else if (read.Type.SequenceEqual("response.function_call_arguments.done"u8))
        {
            Begin(writer);
            calls.Complete(new() { Index = read.OutputIndex, Arguments = read.Arguments }, writer);
        }
        else if (read.Type.SequenceEqual("response.output_item.done"u8) && read.Item.IsCall)
        {
            Begin(writer);
            calls.Complete(CallOf(read.Item, read.OutputIndex), writer);
        }
        else if (read.Type.SequenceEqual("response.completed"u8) || read.Type.SequenceEqual("response.incomplete"u8))
        {
            Begin(writer);
            Finish(read.End, writer);
        }
        else if (read.Type.SequenceEqual("response.created"u8))
        {
            Begin(writer);
        }
        else if (read.Type.SequenceEqual("keepalive"u8))
        {
            writer.KeepAlive();
        }
    }

    public override void ReadWhole(ReadOnlySpan<byte> answer, AnswerWriter writer)
    {
        Begin(writer);
        var reader = new Utf8JsonReader(answer);
        var end = default(ResponsesEnd);
        var isAnswer = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("output"u8) && reader.TokenType == JsonTokenType.StartArray)
            {
                isAnswer = true;
                for (var index = 0; reader.Read() && reader.TokenType == JsonTokenType.StartObject; index++)
                {
                    ReadItem(ResponsesOutput.Read(ref reader, answer), index, writer);
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
            throw new JsonException("no output");
        }

        Finish(end, writer);
    }

    public override void End(AnswerWriter writer)
    {
        Begin(writer);
        Finish(default, writer);
    }

    private void Begin(AnswerWriter writer)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            writer.Begin();
        }
    }

    private void ReadDelta(in ResponsesEvent read, AnswerWriter writer)
    {
        if (read.Delta.IsEmpty)
        {
            return;
        }

        if (read.Type.SequenceEqual("response.output_text.delta"u8))
        {
            writer.Text(read.Delta);
        }
        else if (read.Type.SequenceEqual("response.function_call_arguments.delta"u8))
        {
            calls.Add(new() { Index = read.OutputIndex, Arguments = read.Delta }, writer);
        }
        else if (read.Type.SequenceEqual("response.refusal.delta"u8))
        {
            writer.Refusal(read.Delta);
        }
        else if (read.Type.SequenceEqual("response.reasoning_summary_text.delta"u8) || read.Type.SequenceEqual("response.reasoning_text.delta"u8))
        {
            writer.Reasoning(read.Delta);
        }
    }

    private void ReadItem(in ResponsesOutput item, int index, AnswerWriter writer)
    {
        if (item.IsCall)
        {
            calls.Add(CallOf(item, index), writer);
        }
        else if (item.Type.SequenceEqual("message"u8))
        {
            ReadParts(item.Content, writer, isReasoning: false);
        }
        else if (item.Type.SequenceEqual("reasoning"u8))
        {
            ReadParts(item.Summary, writer, isReasoning: true);
            ReadParts(item.Content, writer, isReasoning: true);
        }
    }

    private static void ReadParts(ReadOnlySpan<byte> list, AnswerWriter writer, bool isReasoning)
    {
        var reader = new Utf8JsonReader(list);
        // Beyond the first bracket nothing but members of parts has a name: what is in them is passed over.
        while (!list.IsEmpty && reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var (isText, isRefusal) = (reader.ValueTextEquals("text"u8), reader.ValueTextEquals("refusal"u8));
            reader.Read();
            if (JsonTexts.Read(ref reader) is not { IsEmpty: false } text)
            {
                continue;
            }

            if (isText && isReasoning)
            {
                writer.Reasoning(text);
            }
            else if (isText)
            {
                writer.Text(text);
            }
            else if (isRefusal)
            {
                writer.Refusal(text);
            }
        }
    }

    private static ChatCallDelta CallOf(in ResponsesOutput item, int? index) => new() { Index = index, Id = item.CallId, Name = item.Name, Arguments = item.Arguments };

    private void Finish(in ResponsesEnd end, AnswerWriter writer)
    {
        if (!hasFinished)
        {
            hasFinished = true;
            calls.End(writer);
            writer.Finish(end.IsFiltered ? FinishReason.Refusal : end.IsIncomplete ? FinishReason.Length : calls.Any ? FinishReason.ToolCalls : FinishReason.Stop, default);
        }
    }
}
