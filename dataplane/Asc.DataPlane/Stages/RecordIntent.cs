using Asc.DataPlane.Resilience;
using Asc.DataPlane.Secrets;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that an attempt says which credential is about to be used, for whom and where to, before the first byte leaves. One intent per
/// attempt, so <see cref="CallProvider"/> asks for each.
/// </summary>
internal sealed class RecordIntent(SecretStore secrets, NodeIdentity node)
{
    /// <returns>False where the attempt can't be made: its error says why.</returns>
    public bool TryRecord(Attempt attempt)
    {
        var provider = attempt.Candidate.Provider;
        attempt.Credential = secrets.Find(provider.Document.CredentialSecret);
        if (attempt.Credential is null)
        {
            attempt.Fail(AttemptEnd.Misconfigured, new(ErrorCode.NoHealthyTarget, $"{provider.Name} can't be called from {node.Name}: the node has no credential \"{provider.Document.CredentialSecret}\"."));
        }
        else if (!attempt.Credential.MayGoTo(provider.BaseUrl))
        {
            // The hosts are the node's log's to tell (1103): callers have no business with them.
            attempt.Fail(
                AttemptEnd.Misconfigured,
                new(ErrorCode.NoHealthyTarget, $"{provider.Name} can't be called from {node.Name}: the node's credential \"{attempt.Credential.Name}\" is bound to another host. Tell your platform team."));
        }

        return attempt.Error is null;
    }
}
