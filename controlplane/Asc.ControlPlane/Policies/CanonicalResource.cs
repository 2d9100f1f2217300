using System.Security.Cryptography;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Google.Protobuf;

namespace Asc.ControlPlane.Policies;

/// <summary>A resource with the bytes that it is stored, signed and sent as.</summary>
internal sealed record CanonicalResource(string Kind, string Name, byte[] Bytes, byte[] Sha256, Resource Resource)
{
    /// <summary>Where it is written; null: unknown. No part of the bytes: the same content from another file is the same.</summary>
    public ResourceSource? Source { get; init; }

    public static CanonicalResource Of(Resource resource)
    {
        var bytes = Serialize(resource);
        return new(resource.Kind(), resource.Identity(), bytes, SHA256.HashData(bytes), resource);
    }

    /// <summary>Reads stored bytes; they stay what they are.</summary>
    public static CanonicalResource Read(byte[] bytes, byte[] sha256)
    {
        var resource = Resource.Parser.ParseFrom(bytes);
        return new(resource.Kind(), resource.Identity(), bytes, sha256, resource);
    }

    /// <summary>The same bytes for the same content: map entries are sorted.</summary>
    public static byte[] Serialize(IMessage message)
    {
        var bytes = new byte[message.CalculateSize()];
        using var output = new CodedOutputStream(bytes) { Deterministic = true };
        message.WriteTo(output);
        output.Flush();
        return bytes;
    }
}
