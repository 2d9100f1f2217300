using System.Buffers;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>An item of a response's output, as it grows: a message, or a call of a function.</summary>
/// <param name="Id">The item's.</param>
/// <param name="Index">Its place in the output.</param>
/// <param name="CallId">The call's, as written in a JSON string; empty: it is a message.</param>
/// <param name="Name">The function's, likewise.</param>
internal sealed record ResponseItem(string Id, int Index, byte[] CallId, byte[] Name)
{
    /// <summary>In UTF-8.</summary>
    public byte[] IdBytes { get; } = System.Text.Encoding.ASCII.GetBytes(Id);

    public bool IsCall => CallId.Length > 0;

    /// <summary>A message's text, or a call's arguments, as written in a JSON string.</summary>
    public ArrayBufferWriter<byte> Text { get; } = new();

    /// <summary>Why a message declines.</summary>
    public ArrayBufferWriter<byte> Refusal { get; } = new();

    public bool IsDone { get; set; }

    /// <summary>Whether the answer ended within it.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether a message declined before it said anything else: its parts stand in the order in which they began.</summary>
    public bool RefusesFirst { get; set; }

    /// <summary>Which of a message's parts the text is.</summary>
    public int TextIndex => RefusesFirst ? 1 : 0;

    /// <summary>Which the refusal is.</summary>
    public int RefusalIndex => RefusesFirst || Text.WrittenCount == 0 ? 0 : 1;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, IsCall ? "function_call"u8 : "message"u8);
        writer.WriteString("status"u8, IsCut ? "incomplete"u8 : IsDone ? "completed"u8 : "in_progress"u8);
        if (IsCall)
        {
            writer.WritePropertyName("call_id"u8);
            writer.WriteInside(CallId);
            writer.WritePropertyName("name"u8);
            writer.WriteInside(Name);
            writer.WritePropertyName("arguments"u8);
            writer.WriteInside(Text.WrittenSpan);
        }
        else
        {
            writer.WriteString("role"u8, "assistant"u8);
            writer.WriteStartArray("content"u8);
            foreach (var isRefusal in RefusesFirst ? (ReadOnlySpan<bool>)[true, false] : [false, true])
            {
                if ((isRefusal ? Refusal : Text) is { WrittenCount: > 0 } said)
                {
                    WritePart(writer, isRefusal, said.WrittenSpan);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public static void WritePart(Utf8JsonWriter writer, bool isRefusal, ReadOnlySpan<byte> text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, isRefusal ? "refusal"u8 : "output_text"u8);
        writer.WritePropertyName(isRefusal ? "refusal"u8 : "text"u8);
        writer.WriteInside(text);
        if (!isRefusal)
        {
            writer.WriteStartArray("annotations"u8);
            writer.WriteEndArray();
            writer.WriteStartArray("logprobs"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
