using System.Text;

namespace Asc.Contracts.Signing;

/// <summary>What a signature is for. It is part of what is signed, so that one kind of message can't pass for another.</summary>
public sealed class SignaturePurpose
{
    private readonly byte[] prefix;

    private SignaturePurpose(string name) => prefix = Encoding.UTF8.GetBytes(name + "\n");

    /// <summary>A policy manifest.</summary>
    public static SignaturePurpose Manifest { get; } = new("asc.distribution.v1.Manifest");

    /// <summary>A batch of the access sequence.</summary>
    public static SignaturePurpose Access { get; } = new("asc.distribution.v1.AccessBatch");

    internal byte[] Separate(ReadOnlySpan<byte> content) => [.. prefix, .. content];
}
