using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Dialects;
using Asc.Simulator.Mistral.Answers;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>Writes <c>chat.completion.chunk</c> events of one answer, without flushing.</summary>
internal sealed class ChatChunkWriter(IBufferWriter<byte> output, ChatAnswer answer, bool withUsage) : IEventWriter, IDisposable
{
    private const string Padding = "abcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Utf8JsonWriter _json = new(output, WireJson.Writing);

    public void Role(ChatChoice choice) => Chunk(choice.Index, null, null, json =>
    {
        json.WriteString("role", "assistant");
        json.WriteString("content", "");
    });

    public void Delta(ChatDelta delta) => Chunk(delta.Choice, null, null, json => WriteContent(json, delta));

    /// <summary>The end of a choice, with its tool calls; that of the last choice also has the usage.</summary>
    public void Finish(ChatChoice choice)
    {
        var usage = withUsage && choice.Index == answer.Choices[^1].Index ? answer.Usage : null;
        Chunk(choice.Index, choice.FinishReason, usage, json =>
        {
            var calls = answer.Model.StreamsCallsInPieces ? [] : choice.ToolCalls;
            json.WriteString("content", calls.Count > 0 && answer.Model.HasBareToolCalls ? null : "");
            if (calls.Count > 0)
            {
                ToolCallJson.Write(json, calls, answer.Model);
            }
        });
    }

    public void Done() => output.Write("data: [DONE]\n\n"u8);

    public void Broken() => output.Write("data: {\"id\":\"broken\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"ind\n\n"u8);

    public void Failed(IProviderError error)
    {
        output.Write("data: "u8);
        _json.Reset();
        error.Write(_json, "");
        _json.Flush();
        output.Write("\n\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private static void WriteContent(Utf8JsonWriter json, ChatDelta delta)
    {
        if (delta.Call is { } call)
        {
            ToolCallJson.WritePiece(json, call, delta.CallIndex, delta.Piece);
            json.WriteString("content", "");
            return;
        }

        if (!delta.IsChunk)
        {
            json.WriteString("content", delta.Piece);
            return;
        }

        json.WriteStartArray("content");
        if (delta.IsThinking)
        {
            ContentJson.WriteThinking(json, delta.Piece!, isWhole: false);
        }
        else
        {
            ContentJson.WriteText(json, delta.Piece!);
        }

        json.WriteEndArray();
    }

    private void Chunk(int index, string? finishReason, MistralUsage? usage, Action<Utf8JsonWriter> writeDelta)
    {
        output.Write("data: "u8);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("id", answer.Id);
        _json.WriteString("object", "chat.completion.chunk");
        _json.WriteNumber("created", answer.Created);
        _json.WriteString("model", answer.Model.Name);
        _json.WriteStartArray("choices");
        _json.WriteStartObject();
        _json.WriteNumber("index", index);
        _json.WriteStartObject("delta");
        writeDelta(_json);
        _json.WriteEndObject();
        _json.WriteString("finish_reason", finishReason);
        _json.WriteEndObject();
        _json.WriteEndArray();
        if (usage is not null)
        {
            _json.WritePropertyName("usage");
            usage.Write(_json);
        }

        // The API evens out the events' lengths so that they do not betray the text on an encrypted line.
        _json.WriteString("p", Padding.AsSpan(0, Math.Max(1, Padding.Length - _json.BytesPending % Padding.Length)));
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n\n"u8);
    }
}
