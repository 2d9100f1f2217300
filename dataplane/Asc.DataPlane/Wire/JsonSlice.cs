namespace Asc.DataPlane.Wire;

/// <summary>A value's place in a body.</summary>
internal readonly record struct JsonSlice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
