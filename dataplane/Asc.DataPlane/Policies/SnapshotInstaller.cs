using Asc.Contracts.Distribution.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Secrets;
using Google.Protobuf;

namespace Asc.DataPlane.Policies;

/// <summary>
/// Brings a snapshot into force, off the request's path: verify, ratchet, fetch what is missing, compile, prove, swap, keep. All or nothing.
/// </summary>
internal sealed class SnapshotInstaller(
    SnapshotReader reader, IVersionRatchet ratchet, PolicyHolder holder, AccessInstaller access, LastKnownGood lastKnownGood, SecretStore secrets, HealthBoard health, PolicyLog log) : IDisposable
{
    private readonly SemaphoreSlim installing = new(1);

    /// <summary>At start: the newest snapshot on the volume that still passes every check.</summary>
    public void LoadLastKnownGood()
    {
        foreach (var stored in lastKnownGood.Read((path, exception) => log.SlotUnreadable(path, exception.Message)))
        {
            try
            {
                var manifest = reader.ReadManifest(stored.Manifest ?? new());
                Enforce(reader.Compile(stored.Manifest!, manifest, ByDigest(stored.Resources)));
                log.LoadedLastKnownGood(manifest.Version, manifest.Region);
                return;
            }
            catch (NackException exception)
            {
                log.LastKnownGoodRefused(exception.Reason, exception.Message);
            }
        }
    }

    /// <summary>Enforces what is offered, one after the other: the ratchet looks at what is in force, and an offer of a stream that broke may still be on its way.</summary>
    /// <exception cref="NackException">It is not to be enforced; what was in force stays.</exception>
    public async Task InstallAsync(SignedManifest signed, IResourceSource source, CancellationToken cancellation)
    {
        await installing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await InstallInTurnAsync(signed, source, cancellation).ConfigureAwait(false);
        }
        finally
        {
            installing.Release();
        }
    }

    public void Dispose() => installing.Dispose();

    private async Task InstallInTurnAsync(SignedManifest signed, IResourceSource source, CancellationToken cancellation)
    {
        var manifest = reader.ReadManifest(signed);
        var current = holder.Current?.Snapshot;
        if (!ratchet.Admits(current?.Manifest, manifest))
        {
            throw new NackException(
                NackReason.Older, $"version {manifest.Version} (epoch {manifest.Epoch}) is not newer than version {current!.Manifest.Version} (epoch {current.Manifest.Epoch}), which is in force");
        }

        var contents = await GatherAsync(manifest, current, source, cancellation).ConfigureAwait(false);
        // Before the swap, so that no narrowed key of a tenant that is new here is ever wider than it should be.
        await access.FetchGrantsAsync(TenantIds(manifest), source, cancellation).ConfigureAwait(false);
        var enforced = reader.Compile(signed, manifest, contents);
        Enforce(enforced);
        // A key that came since found its tenant not yet here.
        access.ExpectGrants();
        await access.FetchLackingGrantsAsync(source, cancellation).ConfigureAwait(false);
        Keep(enforced.Snapshot);
        log.Enforced(manifest.Version, manifest.Region, manifest.Resources.Count, manifest.Author);
    }

    private static IReadOnlySet<string> TenantIds(Manifest manifest) =>
        manifest.Resources.Where(reference => reference.TenantId.Length > 0).Select(reference => reference.TenantId).ToHashSet(StringComparer.Ordinal);

    private static Dictionary<ByteString, ByteString> ByDigest(IEnumerable<ByteString> contents) =>
        contents.DistinctBy(Digest).ToDictionary(Digest);

    private static ByteString Digest(ByteString content) => ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(content.Span));

    private static async Task<IReadOnlyDictionary<ByteString, ByteString>> GatherAsync(
        Manifest manifest, Snapshot? current, IResourceSource source, CancellationToken cancellation)
    {
        var contents = new Dictionary<ByteString, ByteString>();
        var missing = new HashSet<ByteString>();
        foreach (var sha256 in manifest.Resources.Select(reference => reference.Sha256))
        {
            if (current is not null && current.Contents.TryGetValue(sha256, out var held))
            {
                contents[sha256] = held;
            }
            else
            {
                missing.Add(sha256);
            }
        }

        if (missing.Count > 0)
        {
            await foreach (var content in source.FetchAsync(missing, cancellation).ConfigureAwait(false))
            {
                contents[content.Sha256] = content.Content;
            }
        }

        return contents;
    }

    private void Enforce(EnforcedPolicy policy)
    {
        // Credentials are looked up now: the request's path does no I/O.
        secrets.Load(policy.Compiled.Document.Providers.Select(provider => (provider.CredentialSecret, new Uri(provider.BaseUrl))));
        health.Adopt(policy.Compiled);
        holder.Swap(policy);
    }

    private void Keep(Snapshot snapshot)
    {
        try
        {
            lastKnownGood.Write(snapshot);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In force all the same; a restart without the control plane would fall back to the version before.
            log.NotKept(snapshot.Manifest.Version, exception.Message);
        }
    }
}
