using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using Asc.Persistence.Policies;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using VersionMessage = Asc.Contracts.Admin.V1.Version;

namespace Asc.ControlPlane.Policies;

/// <summary><c>versions</c> and <c>version show</c>.</summary>
internal sealed class VersionReader(ControlPlaneStore store, PolicyLibrary library)
{
    public async Task<ListVersionsResponse> ListAsync(ListVersionsRequest request, CancellationToken cancellation)
    {
        var rows = await store.ReadAsync(
            database => database.PolicyVersions
                .OrderByDescending(version => version.Version)
                .Take(request.Limit == 0 ? int.MaxValue : (int)Math.Min(request.Limit, int.MaxValue))
                .Select(version => new PolicyVersion
                {
                    Version = version.Version,
                    Parent = version.Parent,
                    Epoch = version.Epoch,
                    Author = version.Author,
                    Message = version.Message,
                    PublishedAt = version.PublishedAt,
                    Digest = version.Digest,
                    RollbackOf = version.RollbackOf,
                    Resources = Array.Empty<byte>(),
                    Sources = null,
                })
                .ToListAsync(cancellation),
            cancellation);
        return new ListVersionsResponse { Versions = { rows.Select(ToWire) } };
    }

    public async Task<GetVersionResponse> GetAsync(GetVersionRequest request, CancellationToken cancellation)
    {
        var policy = await library.FindAsync((long)request.Version, cancellation)
            ?? throw AdminException.NotFound($"There is no version {request.Version}.", "asc versions lists them.");
        return new GetVersionResponse { Version = ToWire(policy.Row), Resources = { policy.Content.Resources.Select(resource => resource.Resource) } };
    }

    private static VersionMessage ToWire(PolicyVersion row)
    {
        var version = new VersionMessage
        {
            Version_ = (ulong)row.Version,
            Parent = (ulong)row.Parent,
            Author = row.Author,
            Message = row.Message,
            PublishedAt = Timestamp.FromDateTimeOffset(row.PublishedAt),
            Digest = Digests.Text(row.Digest),
        };
        if (row.RollbackOf is { } rollbackOf)
        {
            version.RollbackOf = (ulong)rollbackOf;
        }

        return version;
    }
}
