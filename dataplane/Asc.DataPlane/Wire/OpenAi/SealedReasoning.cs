namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Asks for what a model thought as nobody but its maker can read it (<c>include</c>, facts: 3.7), for who carries it from turn to turn.</summary>
internal static class SealedReasoning
{
    private static readonly ReadOnlyMemory<byte> Member = ",\"include\":[\"reasoning.encrypted_content\"]"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> List = Member[",\"include\":".Length..];
    private static readonly ReadOnlyMemory<byte> Next = ",\"reasoning.encrypted_content\""u8.ToArray();

    public static BodyEdit AskedFor(ReadOnlyMemory<byte> body, in ModelRequest request)
    {
        if (request.Include.IsEmpty)
        {
            return BodyEdit.Before(request.End, Member);
        }

        var list = request.Include.Of(body.Span);
        return list.IndexOf(Name) >= 0 ? BodyEdit.None(body)
            : list.Contains((byte)'"') ? BodyEdit.Before(request.Include.End - 1, Next)
            : BodyEdit.At(request.Include, List);
    }

    private static ReadOnlySpan<byte> Name => "\"reasoning.encrypted_content\""u8;
}
