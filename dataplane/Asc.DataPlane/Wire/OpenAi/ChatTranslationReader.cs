using System.Text;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Finds the pieces of a chat completion, of OpenAI's and of those that resemble it (facts: 3.5, 3.6). Of several choices the first is the answer.</summary>
/// <param name="begun">What the answer may repeat and the client has, as written in a JSON string.</param>
internal sealed class ChatTranslationReader(ReadOnlyMemory<byte> begun = default) : AnswerReader
{
    private readonly RepeatedText repeated = new(begun);
    private readonly ChatCalls calls = new();
    private ReasoningName reasoning;
    private bool hasBegun;
    private bool hasFinished;
    private bool isWhole;
    // Some repeat in a message what has come so far.
    private bool hasDelta;
    // The last that is said: some say one with each piece.
    private FinishReason reason = FinishReason.Stop;
    // What the event says that is being read.
    private StreamEvent told;

    public override StreamEvent ReadEvent(ReadOnlySpan<byte> data, AnswerWriter writer)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            End(writer);
            return StreamEvent.End;
        }

        told = default;
        Read(data, writer);
        return told;
    }

    public override void ReadWhole(ReadOnlySpan<byte> answer, AnswerWriter writer)
    {
        isWhole = true;
        Read(answer, writer);
        if (told.IsError)
        {
            throw new AnswerFailedException();
        }

        if (!hasBegun)
        {
            throw new JsonException("no choices");
        }
    }

    public override void End(AnswerWriter writer)
    {
        Begin(writer);
        if (!hasFinished)
        {
            hasFinished = true;
            Say(repeated.End(), writer);
            calls.End(writer);
            // Servers that resemble OpenAI say stop where tools are called.
            writer.Finish(reason == FinishReason.Stop && calls.Any ? FinishReason.ToolCalls : reason, default);
        }
    }

    private void Read(ReadOnlySpan<byte> json, AnswerWriter writer)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var (isAnswer, complains) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            complains |= ChatErrors.Complains(ref reader);
            if (reader.ValueTextEquals("choices"u8))
            {
                isAnswer = true;
                ReadChoices(ref reader, json, writer);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                ChatChunkReader.ReadUsage(ref reader, ref told);
            }
            else
            {
                told.IsError |= ChatErrors.IsError(ref reader);
                reader.Skip();
            }
        }

        told.IsError |= complains && !isAnswer;
    }

    private void ReadChoices(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, AnswerWriter writer)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Begin(writer);
            ReadChoice(ref reader, json, writer);
        }
    }

    // What ends the answer may stand before the last of it.
    private void ReadChoice(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, AnswerWriter writer)
    {
        var finish = ReadOnlySpan<byte>.Empty;
        var isFirst = true;
        var ahead = reader;
        hasDelta = hasDelta || (!isWhole && ahead.MovesTo("delta"u8) && ahead.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("index"u8) && reader.TokenType == JsonTokenType.Number)
            {
                isFirst = reader.TryGetInt32(out var index) && index == 0;
            }
            else if (name.SequenceEqual("finish_reason"u8))
            {
                finish = JsonTexts.Read(ref reader);
                told.Finished |= !finish.IsEmpty;
            }
            else if (isFirst && !hasFinished && reader.TokenType == JsonTokenType.StartObject && (name.SequenceEqual("delta"u8) || (name.SequenceEqual("message"u8) && !hasDelta)))
            {
                ReadMessage(ref reader, json, writer);
            }
            else
            {
                told.IsError |= name.SequenceEqual("error"u8) && reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
        }

        if (isFirst && !finish.IsEmpty)
        {
            // Mistral's, vLLM's and DeepSeek's: the answer failed, and is not one.
            told.IsError |= finish.SequenceEqual("error"u8) || finish.SequenceEqual("abort"u8) || finish.SequenceEqual("insufficient_system_resource"u8);
            reason = ReasonOf(finish);
        }
    }

    private void Begin(AnswerWriter writer)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            writer.Begin();
        }
    }

    private void ReadMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, AnswerWriter writer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("content"u8))
            {
                ReadContent(ref reader, json, writer);
            }
            else if (name.SequenceEqual("tool_calls"u8) && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    Call(ChatCallDelta.Read(ref reader, json), json, writer);
                }
            }
            else if (name.SequenceEqual("function_call"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                Call(ChatCallDelta.ReadFunctionAlone(ref reader, json), json, writer);
            }
            else if (JsonTexts.Read(ref reader) is { IsEmpty: false } text)
            {
                if (name.SequenceEqual("refusal"u8))
                {
                    told.AddGenerated(text, json);
                    writer.Refusal(text);
                }
                else if (ReasoningName.Is(name) && reasoning.Hears(name, text))
                {
                    told.AddGenerated(text, json);
                    writer.Reasoning(text);
                }
            }
        }
    }

    private void Call(in ChatCallDelta delta, ReadOnlySpan<byte> json, AnswerWriter writer)
    {
        told.AddGenerated(delta.Name, json);
        told.AddGenerated(delta.Arguments, json);
        told.AddGenerated(delta.ArgumentsObject, json);
        calls.Add(delta, writer, isWhole);
    }

    private void ReadContent(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, AnswerWriter writer)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadPiece(ref reader, json, writer, isReasoning: false);
            }
        }
        else
        {
            var text = JsonTexts.Read(ref reader);
            told.AddGenerated(text, json);
            Say(repeated.New(text), writer);
        }
    }

    private static void Say(ReadOnlySpan<byte> text, AnswerWriter writer)
    {
        if (!text.IsEmpty)
        {
            writer.Text(text);
        }
    }

    // Mistral's: text, or thinking that is made of texts again.
    private void ReadPiece(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, AnswerWriter writer, bool isReasoning)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isText, isThinking) = (reader.ValueTextEquals("text"u8), reader.ValueTextEquals("thinking"u8));
            reader.Read();
            if (isThinking && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadPiece(ref reader, json, writer, isReasoning: true);
                }
            }
            else if (JsonTexts.Read(ref reader) is { IsEmpty: false } text && isText)
            {
                told.AddGenerated(text, json);
                if (isReasoning)
                {
                    writer.Reasoning(text);
                }
                else
                {
                    Say(repeated.New(text), writer);
                }
            }
        }
    }

    // Some say it in other protocols' words (Gemini's).
    private static FinishReason ReasonOf(ReadOnlySpan<byte> reason) =>
        Ascii.EqualsIgnoreCase(reason, "length"u8) || reason.SequenceEqual("model_length"u8) || Ascii.EqualsIgnoreCase(reason, "max_tokens"u8) ? FinishReason.Length
        : reason.SequenceEqual("content_filter"u8) ? FinishReason.Refusal
        : FinishReason.Stop;
}
