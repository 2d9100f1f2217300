using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>
/// What Claude thought, as a client of chat completions carries it from turn to turn: <c>reasoning_content</c>, and <c>reasoning_signature</c> by which Claude knows it again
/// (facts: 3.2, trap 40). A signature is good with the model that made it, and with all of the text; whoever gets another refuses the conversation. So it says whose it is and how
/// long the text was, as <c>1d576f47.120.EqQB…</c>: clients go on with other models, and OpenAI's own SDK keeps of a streamed text the last piece alone.
/// </summary>
internal static class CarriedReasoning
{
    private const int MarkBytes = 4;
    private static readonly JsonElement Nothing = JsonElement.Parse("\"\"");

    /// <summary>What stands before the signatures of a model.</summary>
    /// <param name="modelJson">What its provider calls it, as a JSON string.</param>
    public static byte[] Mark(ReadOnlyMemory<byte> modelJson) =>
        Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(modelJson.Span).AsSpan(0, MarkBytes))}.");

    /// <summary>A signature as it is carried.</summary>
    /// <param name="length">The text's, as <see cref="LengthOf"/> has it.</param>
    public static byte[] Signed(ReadOnlySpan<byte> mark, int length, ReadOnlySpan<byte> signature) =>
        [.. mark, .. Encoding.ASCII.GetBytes(length.ToString(System.Globalization.CultureInfo.InvariantCulture)), (byte)'.', .. signature];

    /// <summary>How long the text is of which this is written in a JSON string, in UTF-16: that of two pieces is the sum of theirs, however they are escaped.</summary>
    public static int LengthOf(ReadOnlySpan<byte> inside)
    {
        var length = 0;
        while (inside.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            length += Encoding.UTF8.GetCharCount(inside[..escape]) + 1;
            inside = inside[(escape + (inside[escape + 1] == (byte)'u' ? 6 : 2))..];
        }

        return length + Encoding.UTF8.GetCharCount(inside);
    }

    /// <summary>The thought of a message that comes back; null: it has none.</summary>
    /// <param name="text">A string; undefined where absent: some models think and tell nothing of it.</param>
    /// <param name="signature">A string; undefined where absent.</param>
    public static ReasoningPart? Read(JsonElement text, JsonElement signature) =>
        text.IsText() || signature.IsText() ? new(text.Exists() ? text : Nothing, signature) : null;

    /// <summary>Leaves all thoughts out, for who has no place for any that come back.</summary>
    public static void LeaveOut(Conversation said)
    {
        foreach (var turn in said.Turns)
        {
            said.Lost |= turn.Parts.RemoveAll(static part => part is ReasoningPart or RedactedReasoningPart) > 0 ? RequestFeatures.CarriedReasoning : RequestFeatures.None;
        }
    }

    /// <summary>Gives a model its own signatures as it made them. Other thoughts are left without, and all of them where the model refuses them.</summary>
    public static void KeepReadable(Conversation said, in TranslationTarget target)
    {
        byte[]? mark = null;
        foreach (var turn in said.Turns)
        {
            if (target.WithoutReasoning)
            {
                turn.Parts.RemoveAll(static part => part is ReasoningPart or RedactedReasoningPart);
            }

            for (var place = 0; place < turn.Parts.Count; place++)
            {
                if (turn.Parts[place] is ReasoningPart { Signature.ValueKind: JsonValueKind.String } thought)
                {
                    turn.Parts[place] = thought with { Signature = SignatureOf(thought, mark ??= Mark(target.ModelJson)) };
                }

                said.Lost |= turn.Parts[place] is ReasoningPart { Signature.ValueKind: JsonValueKind.Undefined } ? RequestFeatures.CarriedReasoning : RequestFeatures.None;
            }
        }
    }

    private static JsonElement SignatureOf(ReasoningPart thought, byte[] mark)
    {
        var carried = thought.Signature.Inside();
        if (!carried.StartsWith(mark) || !Utf8Parser.TryParse(carried[mark.Length..], out int length, out var digits) || length != LengthOf(thought.Text.Inside()))
        {
            return default;
        }

        var signature = carried[(mark.Length + digits)..];
        return signature is [(byte)'.', ..] ? JsonElement.Parse([(byte)'"', .. signature[1..], (byte)'"']) : default;
    }
}
