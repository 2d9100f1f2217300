using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Asc.DataPlane.Wire;

/// <summary>A body in one pooled array. It holds a prompt, so it is wiped before the array goes back.</summary>
internal sealed class PooledBody : IBufferWriter<byte>
{
    private const int LeastWritten = 1024;
    private byte[] buffer = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, Length);

    /// <summary>Reads all of <paramref name="source"/>.</summary>
    /// <param name="expected">Its length where known.</param>
    /// <param name="maximum">How long it may be.</param>
    /// <returns>False where it is longer.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadAsync(Stream source, long? expected, int maximum, CancellationToken cancellation)
    {
        if (expected > maximum)
        {
            return false;
        }

        // One more than expected, so that the end is seen without growing.
        Grow((int)(expected ?? 4095) + 1);
        while (true)
        {
            // Not more than shows that it is too long.
            var read = await source.ReadAsync(buffer.AsMemory(Length, Math.Min(buffer.Length - Length, maximum + 1 - Length)), cancellation);
            if (read == 0)
            {
                return true;
            }

            Length += read;
            if (Length > maximum)
            {
                return false;
            }

            if (Length == buffer.Length)
            {
                Grow((int)Math.Min(buffer.Length * 2L, maximum + 1L));
            }
        }
    }

    /// <summary>Reads all of a request's body.</summary>
    /// <inheritdoc cref="ReadAsync(Stream, long?, int, CancellationToken)"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadAsync(PipeReader source, long? expected, int maximum, CancellationToken cancellation)
    {
        if (expected > maximum)
        {
            return false;
        }

        Grow((int)(expected ?? 4096));
        while (true)
        {
            var read = await source.ReadAsync(cancellation);
            foreach (var part in read.Buffer)
            {
                Append(part.Span);
            }

            source.AdvanceTo(read.Buffer.End);
            if (Length > maximum)
            {
                return false;
            }

            if (read.IsCompleted || Length == expected)
            {
                return true;
            }
        }
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > buffer.Length)
        {
            Grow(Math.Max(needed, Math.Max(buffer.Length * 2, LeastWritten)));
        }

        return buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Clear()
    {
        if (buffer.Length > 0)
        {
            Return(buffer, Length);
            buffer = [];
        }

        Length = 0;
    }

    private static void Return(byte[] array, int used)
    {
        array.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(array);
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (Length + part.Length > buffer.Length)
        {
            Grow(Math.Max(buffer.Length * 2, Length + part.Length));
        }

        part.CopyTo(buffer.AsSpan(Length));
        Length += part.Length;
    }

    private void Grow(int size)
    {
        if (size <= buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        Span.CopyTo(larger);
        if (buffer.Length > 0)
        {
            Return(buffer, Length);
        }

        buffer = larger;
    }
}
