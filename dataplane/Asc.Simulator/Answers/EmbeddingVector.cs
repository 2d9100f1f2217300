using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Asc.Simulator.Answers;

/// <summary>Embeddings without meaning: the same text has the same vector, of length 1, and other texts have others.</summary>
internal static class EmbeddingVector
{
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;

    public static float[] Of(string text, int dimensions)
    {
        // Knuth's MMIX generator: stable across runtimes, which System.Random does not promise to be.
        var state = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var vector = new float[dimensions];
        var squares = 0.0;
        for (var i = 0; i < dimensions; i++)
        {
            state = unchecked((state * Multiplier) + Increment);
            vector[i] = ((state >> 40) / (float)(1 << 23)) - 1;
            squares += vector[i] * vector[i];
        }

        var length = (float)Math.Sqrt(squares);
        for (var i = 0; i < dimensions && length > 0; i++)
        {
            vector[i] /= length;
        }

        return vector;
    }

    /// <summary>The bytes of 32-bit floats, the lowest byte first.</summary>
    public static byte[] Bytes(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }
}
