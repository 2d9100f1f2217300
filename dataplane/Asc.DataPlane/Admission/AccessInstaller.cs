using System.Security.Cryptography;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Signing;
using Asc.DataPlane.Policies;
using Asc.Policy.Compilation;
using Google.Protobuf;
using Grpc.Core;

namespace Asc.DataPlane.Admission;

/// <summary>
/// Brings batches of the access sequence into force: verified, in order, never back but by a newer epoch, which replaces all.
/// In force first, kept second: what tightens doesn't wait for a disk.
/// </summary>
internal sealed class AccessInstaller(AccessList list, AccessJournal journal, ISignatureVerifier signatures, PolicyHolder policy, PolicyLog log)
{
    // At start too: the process may have ended between a batch and its grants.
    private volatile bool mayLackGrants = true;

    /// <summary>At start: what the node's own volume kept, each batch verified again.</summary>
    public void Load()
    {
        foreach (var entry in journal.Read())
        {
            if (entry.EntryCase == StoredAccess.EntryOneofCase.Grant)
            {
                AddGrant(entry.Grant);
            }
            else if (Read(entry.Batch ?? new(), out var problem) is { } batch)
            {
                list.Apply(batch);
            }
            else
            {
                // What follows can't continue the sequence either: the control plane sends it again.
                log.AccessRefused($"in the journal: {problem}");
                return;
            }
        }
    }

    /// <exception cref="InvalidDataException">The batch is not to be enforced; what was in force stays, and the subscription starts anew.</exception>
    public void Apply(SignedAccessBatch signed)
    {
        if (Read(signed, out var problem) is not { } batch)
        {
            log.AccessRefused(problem);
            throw new InvalidDataException(problem);
        }

        var before = list.Position;
        list.Apply(batch);
        Keep(() => journal.Append(new() { Batch = signed }, startsAnew: batch.After == 0));
        if (before.Epoch > 0 && batch.Epoch > before.Epoch)
        {
            log.AccessReplaced(before.Epoch, before.Sequence, batch.Epoch);
        }

        mayLackGrants = true;
    }

    /// <summary>
    /// Fetches what narrows keys of the tenants in force and hasn't come; does nothing where nothing is known to be lacking. Asked again with each
    /// heartbeat: until it succeeds, those keys can't be used. Apart from <see cref="Apply"/>, as what tightens doesn't wait for it.
    /// </summary>
    public async Task FetchLackingGrantsAsync(IResourceSource source, CancellationToken cancellation)
    {
        if (!mayLackGrants || policy.Current is not { } enforced)
        {
            return;
        }

        var served = enforced.Compiled.Tenants.Select(tenant => tenant.Id).ToHashSet(StringComparer.Ordinal);
        try
        {
            // Before the look: what comes meanwhile sets it again.
            mayLackGrants = false;
            await FetchGrantsAsync(served, source, cancellation).ConfigureAwait(false);
            mayLackGrants |= list.MissingGrants(served).Count > 0;
        }
        catch (RpcException exception)
        {
            mayLackGrants = true;
            log.GrantsLacking(list.MissingGrants(served).Count, exception.Status.Detail);
        }
    }

    /// <summary>A policy came into force: its tenants' keys may have come before it.</summary>
    public void ExpectGrants() => mayLackGrants = true;

    /// <summary>Fetches what narrows the keys of these tenants; a key whose grant doesn't come can't be used.</summary>
    public async Task FetchGrantsAsync(IReadOnlySet<string> tenantIds, IResourceSource source, CancellationToken cancellation)
    {
        var missing = list.MissingGrants(tenantIds);
        if (missing.Count == 0)
        {
            return;
        }

        await foreach (var content in source.FetchAsync(missing, cancellation).ConfigureAwait(false))
        {
            if (AddGrant(content.Content))
            {
                Keep(() => journal.Append(new() { Grant = content.Content }, startsAnew: false));
            }
        }
    }

    private AccessBatch? Read(SignedAccessBatch signed, out string problem)
    {
        problem = signatures.Problem(SignaturePurpose.Access, signed.Batch.Span, signed.Signature) ?? "";
        if (problem.Length > 0)
        {
            return null;
        }

        try
        {
            var batch = UnknownFields.Parse(AccessBatch.Parser, signed.Batch.Span, out var hasUnknown);
            problem = hasUnknown ? "it holds a field that this build does not know: update the node" : ProblemOfOrder(batch);
            return problem.Length > 0 ? null : batch;
        }
        catch (InvalidProtocolBufferException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private string ProblemOfOrder(AccessBatch batch)
    {
        var (epoch, sequence) = list.Position;
        return (batch.Epoch.CompareTo(epoch), batch.After) switch
        {
            (< 0, _) => $"it is of epoch {batch.Epoch}, and this node is in epoch {epoch}",
            (> 0, > 0) => $"it continues from {batch.After} of epoch {batch.Epoch}, which this node has not begun: it is in epoch {epoch}",
            (> 0, 0) => "",
            (_, > 0) when batch.After != sequence => $"it continues from {batch.After}, and this node is at {sequence}",
            _ when batch.Through < sequence => $"it ends at {batch.Through}, and this node is at {sequence} already",
            _ => "",
        };
    }

    // The digest is the grant's address: content that doesn't fit lands where no key looks for it.
    private bool AddGrant(ByteString content)
    {
        KeyGrant grant;
        try
        {
            grant = UnknownFields.Parse(KeyGrant.Parser, content.Span, out var hasUnknown);
            if (hasUnknown)
            {
                log.AccessRefused("a key's grant holds a field that this build does not know: update the node");
                return false;
            }
        }
        catch (InvalidProtocolBufferException exception)
        {
            log.AccessRefused($"a key's grant can't be read: {exception.Message}");
            return false;
        }

        list.AddGrant(ByteString.CopyFrom(SHA256.HashData(content.Span)), new LoadedGrant(grant) { Limits = [.. LimitsOf(grant)] });
        return true;
    }

    private static IEnumerable<(LimitKind Kind, long Value)> LimitsOf(KeyGrant grant)
    {
        (LimitKind Kind, ulong Value)[] limits =
            [(LimitKind.Requests, grant.RequestsPerMinute), (LimitKind.Tokens, grant.TokensPerMinute), (LimitKind.Concurrent, grant.ConcurrentRequests)];
        return limits.Where(limit => limit.Value > 0).Select(limit => (limit.Kind, (long)Math.Min(limit.Value, long.MaxValue)));
    }

    private void Keep(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.AccessNotKept(list.Sequence, exception.Message);
        }
    }
}
