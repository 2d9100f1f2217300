using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>
/// Bytes that are the same for blocks that say the same: without cache breakpoints, which move as a conversation grows,
/// in whatever order and spelling, and with a string being the same as the block of text that it stands for.
/// </summary>
internal sealed class CanonicalBlock : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Adds a block that somebody said, or a string in its place.</summary>
    public void Add(string role, JsonElement block)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            if (block.ValueKind == JsonValueKind.String)
            {
                json.WriteString("text", block.GetString());
                json.WriteString("type", "text");
            }
            else
            {
                WriteProperties(json, block);
            }

            json.WriteEndObject();
        }

        _hash.AppendData(_buffer.WrittenSpan);
    }

    /// <summary>A digest of everything added so far.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private static void WriteProperties(Utf8JsonWriter json, JsonElement block)
    {
        foreach (var property in block.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.Name != "cache_control" && property.Value.ValueKind != JsonValueKind.Null)
            {
                property.WriteTo(json);
            }
        }
    }
}
