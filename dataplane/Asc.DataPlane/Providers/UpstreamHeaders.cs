using System.Buffers;
using System.Text;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Providers;

/// <summary>Header lines on their way to a provider, as bytes. Reused from request to request.</summary>
internal sealed class UpstreamHeaders
{
    private readonly ArrayBufferWriter<byte> lines = new(256);

    public ReadOnlySpan<byte> Lines => lines.WrittenSpan;

    /// <exception cref="ArgumentException">No header can carry the value.</exception>
    public void Add(string name, string value)
    {
        if (!HeaderValue.CanCarry(value))
        {
            throw new ArgumentException($"the value of {name} holds characters that no header may hold");
        }

        var room = lines.GetSpan(name.Length + value.Length + 4);
        var length = Encoding.ASCII.GetBytes(name, room);
        ": "u8.CopyTo(room[length..]);
        length += 2 + Encoding.ASCII.GetBytes(value, room[(length + 2)..]);
        "\r\n"u8.CopyTo(room[length..]);
        lines.Advance(length + 2);
    }

    /// <summary>Forgets all, credentials above all.</summary>
    public void Clear() => lines.Clear();
}
