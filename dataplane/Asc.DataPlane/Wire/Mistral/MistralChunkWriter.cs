using System.Buffers.Text;
using System.Text;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// Writes an answer as the chunks that Mistral's SDK takes (facts: 2.4, 6.3): a call comes whole, as each piece of one would need its name, and usage with the
/// last chunk. Allocates nothing for a chunk.
/// </summary>
internal sealed class MistralChunkWriter(AnswerIdentity answer) : AnswerWriter
{
    private const int DigitsMaximum = 11;
    private readonly byte[] head =
    [
        .. "data: {\"id\":\""u8, .. Encoding.ASCII.GetBytes(answer.Id("")), .. "\",\"object\":\"chat.completion.chunk\",\"created\":"u8, .. answer.CreatedJson,
        .. ",\"model\":"u8, .. answer.ModelJson, .. ",\"choices\":[{\"index\":0,\"delta\":{"u8,
    ];

    private readonly List<GatheredCall> calls = [];
    private FinishReason reason;
    private bool declines;

    private static ReadOnlySpan<byte> Tail => "},\"finish_reason\":null}]}\n\n"u8;

    public override void Begin() => Chunk("\"role\":\"assistant\",\"content\":\""u8, ""u8, "\""u8);

    public override void Text(ReadOnlySpan<byte> text) => Chunk("\"content\":\""u8, text, "\""u8);

    // A model of Mistral's declines in the words of its answer.
    public override void Refusal(ReadOnlySpan<byte> text)
    {
        declines = true;
        Text(text);
    }

    public override void Reasoning(ReadOnlySpan<byte> text) => Chunk("\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\""u8, text, "\"}]}]"u8);

    // Of another provider's, and of no use to who may be asked next.
    public override void ReasoningSignature(ReadOnlySpan<byte> text)
    {
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
    }

    public override void ToolCall(int ordinal, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        CountCall(id, name);
        calls.Add(new(CallIds.Of(id).ToArray(), name.ToArray(), new()));
        KeepAlive();
    }

    // Long ones may take longer than a connection may be silent.
    public override void Arguments(int ordinal, ReadOnlySpan<byte> fragment)
    {
        Keep(calls[ordinal].Arguments, fragment);
        KeepAlive();
    }

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> sequence) => this.reason = reason;

    public override void End(in TokenUsage usage)
    {
        Write(head);
        Write("\"content\":\"\""u8);
        WriteCalls();
        Write("},\"finish_reason\":\""u8);
        Write(MistralAnswerWords.Of(reason, declines));
        Write("\"}],\"usage\":"u8);
        Write(usage, MistralAnswerWords.WriteUsage);
        Write("}\n\ndata: [DONE]\n\n"u8);
    }

    public override void KeepAlive() => Write(": ping\n\n"u8);

    private void Chunk(ReadOnlySpan<byte> before, ReadOnlySpan<byte> text, ReadOnlySpan<byte> after)
    {
        Write(head);
        Write(before);
        Write(text);
        Write(after);
        Write(Tail);
    }

    private void WriteCalls()
    {
        Span<byte> digits = stackalloc byte[DigitsMaximum];
        for (var index = 0; index < calls.Count; index++)
        {
            Write(index == 0 ? ",\"tool_calls\":["u8 : ","u8);
            Write("{\"id\":\""u8);
            Write(calls[index].Id);
            Write("\",\"type\":\"function\",\"function\":{\"name\":\""u8);
            Write(calls[index].Name);
            Write("\",\"arguments\":\""u8);
            Write(calls[index].Arguments.WrittenSpan);
            Write("\"},\"index\":"u8);
            Utf8Formatter.TryFormat(index, digits, out var length);
            Write(digits[..length]);
            Write("}"u8);
        }

        Write(calls.Count == 0 ? ""u8 : "]"u8);
    }
}
