using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>
/// The signature of a thought is good with the model that made it, and refused by others (facts: 3.2). A client of chat completions brings it back to whichever model is asked
/// next: so it says whose it is, by a few digits before it.
/// </summary>
internal static class ReasoningOwner
{
    private const int MarkBytes = 4;

    /// <summary>What stands before the signatures of a model.</summary>
    /// <param name="modelJson">What its provider calls it, as a JSON string.</param>
    public static byte[] Mark(ReadOnlyMemory<byte> modelJson) =>
        Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(modelJson.Span).AsSpan(0, MarkBytes))}.");

    /// <summary>Leaves the model its own signatures, as it made them. Thoughts of others are left without.</summary>
    public static void KeepOwn(Conversation said, ReadOnlyMemory<byte> modelJson)
    {
        foreach (var parts in said.Turns.Where(static turn => turn.Role == Role.Assistant).Select(static turn => turn.Parts))
        {
            for (var place = 0; place < parts.Count; place++)
            {
                if (parts[place] is ReasoningPart { Signature.ValueKind: JsonValueKind.String } thought)
                {
                    parts[place] = thought with { Signature = WithoutMark(thought.Signature, Mark(modelJson)) };
                }
            }
        }
    }

    private static JsonElement WithoutMark(JsonElement signature, byte[] mark)
    {
        var signed = signature.Inside();
        return signed.StartsWith(mark) ? JsonElement.Parse([(byte)'"', .. signed[mark.Length..], (byte)'"']) : default;
    }
}
