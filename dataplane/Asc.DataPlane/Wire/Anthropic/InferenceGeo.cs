using System.Collections.Frozen;
using System.Text;
using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>The field by which Anthropic is asked where to process (platform.claude.com, data residency; facts: 7.3). Policy says it, never the client.</summary>
internal static class InferenceGeo
{
    public const string Field = "inference_geo";

    private static readonly FrozenDictionary<string, byte[]> Members = new[] { "us", "global" }.ToFrozenDictionary(
        static place => place, static place => Encoding.UTF8.GetBytes($",\"{Field}\":\"{place}\""));

    /// <summary>The caller's own bytes, but for the model's name and the place.</summary>
    public static BodyPieces PutInto(ReadOnlyMemory<byte> body, in ModelRequest request, ReadOnlyMemory<byte> upstreamModelJson, string place)
    {
        var member = Members[place].AsMemory();
        return BodyEdits.Apply(
            body,
            BodyEdit.At(request.Model, upstreamModelJson),
            // A second member of that name would be two.
            request.InferenceGeo.IsEmpty ? BodyEdit.Before(request.End, member) : BodyEdit.At(request.InferenceGeo, member[(Field.Length + 4)..]));
    }
}
