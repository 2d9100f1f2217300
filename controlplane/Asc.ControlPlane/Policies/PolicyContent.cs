using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Asc.Contracts.Policy;
using Asc.Policy.Documents;

namespace Asc.ControlPlane.Policies;

/// <summary>Everything that a draft or a version declares, ordered by kind and name.</summary>
internal sealed class PolicyContent
{
    private readonly IReadOnlyDictionary<string, string> tenantIds;

    public PolicyContent(IEnumerable<CanonicalResource> resources, IReadOnlyDictionary<string, string> tenantIds)
    {
        this.tenantIds = tenantIds;
        Resources = [.. resources.OrderBy(resource => resource.Kind, StringComparer.Ordinal).ThenBy(resource => resource.Name, StringComparer.Ordinal)];
        Document = Resources.Select(resource => resource.Resource).ToDocument(path => tenantIds.GetValueOrDefault(path));
        Digest = DigestOf(Resources);
    }

    public IReadOnlyList<CanonicalResource> Resources { get; }

    public PolicyDocument Document { get; }

    /// <summary>The same wherever the same resources are declared.</summary>
    public byte[] Digest { get; }

    public static PolicyContent Empty { get; } = new([], new Dictionary<string, string>());

    public string TenantIdOf(string path) => tenantIds.GetValueOrDefault(path, "");

    public CanonicalResource? Find(string kind, string name) =>
        Resources.FirstOrDefault(resource => resource.Kind == kind && resource.Name == name);

    // Lengths go before texts, so that no two lists run together to the same bytes.
    private static byte[] DigestOf(IEnumerable<CanonicalResource> resources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var resource in resources)
        {
            foreach (var text in (ReadOnlySpan<string>)[resource.Kind, resource.Name])
            {
                var utf8 = Encoding.UTF8.GetBytes(text);
                BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
                hash.AppendData(length);
                hash.AppendData(utf8);
            }

            hash.AppendData(resource.Sha256);
        }

        return hash.GetHashAndReset();
    }
}
