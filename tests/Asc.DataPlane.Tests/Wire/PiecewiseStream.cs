namespace Asc.DataPlane.Tests.Wire;

/// <summary>Gives its content in pieces of the given sizes, over and over.</summary>
internal sealed class PiecewiseStream(byte[] content, int[] sizes) : MemoryStream(content)
{
    private int reads;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[reads++ % sizes.Length])], cancellationToken);
}
