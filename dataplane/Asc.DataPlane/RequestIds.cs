using System.Buffers.Binary;

namespace Asc.DataPlane;

/// <summary>
/// UUIDv7 (RFC 9562, 5.7). Ids need to be unique, not secret: the random part is the runtime's fast generator's, since asking the kernel
/// for 74 bits costs more than all checks of a request.
/// </summary>
internal static class RequestIds
{
    public static Guid Next(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes[6..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (now.ToUnixTimeMilliseconds() << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
