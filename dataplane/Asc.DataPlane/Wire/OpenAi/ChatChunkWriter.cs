using System.Buffers.Text;
using System.Text;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes an answer as the chunks of a chat completion (facts: 2.1, 3.3). Allocates nothing for a chunk.</summary>
internal sealed class ChatChunkWriter : AnswerWriter
{
    private const int DigitsMaximum = 11;
    private readonly byte[] head;
    private readonly byte[] usageHead;
    private readonly AnswerIdentity answer;
    private bool hasSignature;
    private int reasoned;

    public ChatChunkWriter(AnswerIdentity answer)
    {
        this.answer = answer;
        byte[] common = [
            .. "data: {\"id\":\""u8, .. Encoding.ASCII.GetBytes(answer.Id("chatcmpl-")), .. "\",\"object\":\"chat.completion.chunk\",\"created\":"u8, .. answer.CreatedJson,
            .. ",\"model\":"u8, .. answer.ModelJson];
        head = [.. common, .. answer.TellsUsage ? ",\"usage\":null"u8 : ""u8, .. ",\"choices\":[{\"index\":0,\"delta\":{"u8];
        usageHead = [.. common, .. ",\"choices\":[],\"usage\":"u8];
    }

    private static ReadOnlySpan<byte> Tail => "},\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8;

    public override void Begin() => Chunk("\"role\":\"assistant\",\"content\":\""u8, ""u8);

    public override void Text(ReadOnlySpan<byte> text) => Chunk("\"content\":\""u8, text);

    public override void Refusal(ReadOnlySpan<byte> text) => Chunk("\"refusal\":\""u8, text);

    // A signature is one thought's: of several the first is told, which can come back as it was.
    public override void Reasoning(ReadOnlySpan<byte> text)
    {
        if (!hasSignature)
        {
            reasoned += CarriedReasoning.LengthOf(text);
            Chunk("\"reasoning_content\":\""u8, text);
        }
        else
        {
            KeepAlive();
        }
    }

    public override void ReasoningSignature(ReadOnlySpan<byte> text)
    {
        if (!hasSignature)
        {
            hasSignature = true;
            Chunk("\"reasoning_signature\":\""u8, CarriedReasoning.Signed(answer.SignatureMark, reasoned, text));
        }
    }

    // OpenAI's clients have no place for it.
    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
    }

    public override void ToolCall(int ordinal, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        if (answer.CallsFunctions)
        {
            Function(ordinal, "\"function_call\":{\"name\":\""u8, name, "\",\"arguments\":\"\"}"u8);
            return;
        }

        BeginCall(ordinal);
        Write(",\"id\":\""u8);
        Write(id);
        Write("\",\"type\":\"function\",\"function\":{\"name\":\""u8);
        Write(name);
        Write("\",\"arguments\":\"\"}}]"u8);
        Write(Tail);
    }

    public override void Arguments(int ordinal, ReadOnlySpan<byte> fragment)
    {
        if (answer.CallsFunctions)
        {
            Function(ordinal, "\"function_call\":{\"arguments\":\""u8, fragment, "\"}"u8);
            return;
        }

        BeginCall(ordinal);
        Write(",\"function\":{\"arguments\":\""u8);
        Write(fragment);
        Write("\"}}]"u8);
        Write(Tail);
    }

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> sequence)
    {
        Write(head);
        Write("},\"logprobs\":null,\"finish_reason\":\""u8);
        Write(ChatAnswerWords.Of(reason, answer.CallsFunctions));
        Write("\"}]}\n\n"u8);
    }

    public override void End(in TokenUsage usage)
    {
        if (answer.TellsUsage)
        {
            Write(usageHead);
            Write(usage, ChatAnswerWords.WriteUsage);
            Write("}\n\n"u8);
        }

        Write("data: [DONE]\n\n"u8);
    }

    // A comment: an event would reach the application (facts: 6.1).
    public override void KeepAlive() => Write(": ping\n\n"u8);

    private void Chunk(ReadOnlySpan<byte> member, ReadOnlySpan<byte> text) => Chunk(member, text, "\""u8);

    private void Chunk(ReadOnlySpan<byte> member, ReadOnlySpan<byte> text, ReadOnlySpan<byte> after)
    {
        Write(head);
        Write(member);
        Write(text);
        Write(after);
        Write(Tail);
    }

    // There is a place for one.
    private void Function(int ordinal, ReadOnlySpan<byte> member, ReadOnlySpan<byte> text, ReadOnlySpan<byte> after)
    {
        if (ordinal == 0)
        {
            Chunk(member, text, after);
        }
        else
        {
            KeepAlive();
        }
    }

    private void BeginCall(int ordinal)
    {
        Write(head);
        Write("\"tool_calls\":[{\"index\":"u8);
        Span<byte> digits = stackalloc byte[DigitsMaximum];
        Utf8Formatter.TryFormat(ordinal, digits, out var length);
        Write(digits[..length]);
    }
}
