using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// Writes an answer as the events of a message (facts: 2.3, 3.5). Blocks come one after the other: what belongs to a later one, while the arguments of an earlier
/// call are not complete, waits for them.
/// </summary>
internal sealed class MessagesEventWriter(AnswerIdentity answer) : AnswerWriter
{
    private const int DigitsMaximum = 11;
    private const int NoBlock = -2;
    private const int TextBlock = -1;
    private readonly List<WaitingBlock> waiting = [];
    // The ordinal of the call whose block is open, else one of the above.
    private int open = NoBlock;
    private int index = -1;
    private ArgumentsProgress progress;
    private FinishReason reason;
    private byte[] stopSequence = [];
    // What is told again at the end.
    private ArrayBufferWriter<byte>? refusal;

    public override void Begin()
    {
        Write("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\""u8);
        Write(Encoding.ASCII.GetBytes(answer.Id("msg_")));
        Write("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"u8);
        Write(answer.ModelJson);
        Write(",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"stop_details\":null,\"usage\":"u8);
        // The end tells the truth (facts: 6.2).
        Write(new(answer.PromptTokens, 0, 0, 0, 0, Estimated: true), MessagesAnswerWords.WriteUsage);
        Write("}}\n\n"u8);
    }

    public override void Text(ReadOnlySpan<byte> text)
    {
        if (IsHeldUp)
        {
            if (waiting is not [.., { Ordinal: TextBlock }])
            {
                waiting.Add(new(TextBlock, [], []));
            }

            Keep(waiting[^1].Content, text);
            KeepAlive();
            return;
        }

        if (open != TextBlock)
        {
            BeginText();
        }

        Delta("text_delta\",\"text\":\""u8, text);
    }

    public override void Refusal(ReadOnlySpan<byte> text)
    {
        Keep(refusal ??= new(), text);
        Text(text);
    }

    // Only Anthropic's own carries what makes it known again, and a client that sent this back to it would be refused.
    public override void Reasoning(ReadOnlySpan<byte> text) => KeepAlive();

    public override void ReasoningSignature(ReadOnlySpan<byte> text)
    {
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
    }

    public override void ToolCall(int ordinal, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        if (IsHeldUp)
        {
            CountCall(id, name);
            waiting.Add(new(ordinal, id.ToArray(), name.ToArray()));
        }
        else
        {
            BeginCall(ordinal, id, name);
        }
    }

    public override void Arguments(int ordinal, ReadOnlySpan<byte> fragment)
    {
        if (open == ordinal)
        {
            AddArguments(fragment);
            GoOn(isAtEnd: false);
        }
        else
        {
            Wait(ordinal, fragment);
        }
    }

    private void Wait(int ordinal, ReadOnlySpan<byte> fragment)
    {
        foreach (var block in waiting)
        {
            if (block.Ordinal == ordinal)
            {
                Keep(block.Content, fragment);
            }
        }

        KeepAlive();
    }

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> sequence)
    {
        GoOn(isAtEnd: true);
        CloseBlock();
        (this.reason, stopSequence) = (MessagesAnswerWords.ReasonOf(reason, declines: refusal is not null), sequence.ToArray());
    }

    public override void End(in TokenUsage usage)
    {
        Write("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""u8);
        Write(MessagesAnswerWords.Of(reason));
        Write("\",\"stop_sequence\":"u8);
        Write(stopSequence.Length == 0 ? "null"u8 : [(byte)'"', .. stopSequence, (byte)'"']);
        Write(",\"stop_details\":"u8);
        Write(MessagesAnswerWords.StopDetails(reason, refusal is null ? default : refusal.WrittenSpan));
        Write("},\"usage\":"u8);
        Write(usage, MessagesAnswerWords.WriteUsage);
        Write("}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    public override void KeepAlive() => Write("event: ping\ndata: {\"type\":\"ping\"}\n\n"u8);

    // A call whose arguments are not all there.
    private bool IsHeldUp => open >= 0 && !progress.IsComplete;

    // What waited is written, as far as it goes.
    private void GoOn(bool isAtEnd)
    {
        while (waiting.Count > 0 && (isAtEnd || !IsHeldUp))
        {
            var next = waiting[0];
            waiting.RemoveAt(0);
            if (next.Ordinal == TextBlock)
            {
                BeginText();
                Delta("text_delta\",\"text\":\""u8, next.Content.WrittenSpan);
                continue;
            }

            BeginCall(next.Ordinal, next.Id, next.Name);
            if (next.Content.WrittenCount > 0)
            {
                AddArguments(next.Content.WrittenSpan);
            }
        }
    }

    private void AddArguments(ReadOnlySpan<byte> fragment)
    {
        progress.Add(fragment);
        Delta("input_json_delta\",\"partial_json\":\""u8, fragment);
    }

    private void BeginText()
    {
        BeginBlock(TextBlock);
        Write("{\"type\":\"text\",\"text\":\"\"}}\n\n"u8);
    }

    private void BeginCall(int ordinal, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        BeginBlock(ordinal);
        progress = default;
        Write("{\"type\":\"tool_use\",\"id\":\""u8);
        Write(id);
        Write("\",\"name\":\""u8);
        Write(name);
        Write("\",\"caller\":{\"type\":\"direct\"},\"input\":{}}}\n\n"u8);
    }

    private void BeginBlock(int ordinal)
    {
        CloseBlock();
        (open, index) = (ordinal, index + 1);
        Write("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"u8);
        WriteIndex();
        Write(",\"content_block\":"u8);
    }

    private void CloseBlock()
    {
        if (open == NoBlock)
        {
            return;
        }

        open = NoBlock;
        Write("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":"u8);
        WriteIndex();
        Write("}\n\n"u8);
    }

    private void Delta(ReadOnlySpan<byte> member, ReadOnlySpan<byte> text)
    {
        Write("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"u8);
        WriteIndex();
        Write(",\"delta\":{\"type\":\""u8);
        Write(member);
        Write(text);
        Write("\"}}\n\n"u8);
    }

    private void WriteIndex()
    {
        Span<byte> digits = stackalloc byte[DigitsMaximum];
        Utf8Formatter.TryFormat(index, digits, out var length);
        Write(digits[..length]);
    }

    private sealed record WaitingBlock(int Ordinal, byte[] Id, byte[] Name)
    {
        public ArrayBufferWriter<byte> Content { get; } = new();
    }
}
