using Asc.Contracts.Distribution.V1;
using Google.Protobuf;

namespace Asc.DataPlane.Policies;

/// <summary>Where content-addressed resources and key grants come from.</summary>
internal interface IResourceSource
{
    /// <summary>What the source has of <paramref name="sha256"/>; the receiver checks each digest.</summary>
    IAsyncEnumerable<ResourceContent> FetchAsync(IReadOnlyCollection<ByteString> sha256, CancellationToken cancellation);
}
