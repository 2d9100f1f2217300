using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Wire;

/// <summary>The caller's own bytes, but for the model's name.</summary>
internal static class ForwardedBody
{
    public static BodyPieces Of(ReadOnlyMemory<byte> body, in ModelRequest request, ReadOnlyMemory<byte> upstreamModelJson)
    {
        var pieces = default(BodyPieces);
        pieces[0] = body[..request.Model.Start];
        pieces[1] = upstreamModelJson;
        pieces[2] = body[request.Model.End..];
        return pieces;
    }
}
