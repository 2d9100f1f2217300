using Asc.DataPlane.Secrets;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that the record says which credential is about to be used, for whom and where to, before the first byte leaves.
/// One intent per attempt.
/// </summary>
internal sealed class RecordIntent(SecretStore secrets, NodeIdentity node) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var provider = exchange.Candidate!.Provider;
        exchange.Credential = secrets.Find(provider.Document.CredentialSecret);
        if (exchange.Credential is null)
        {
            exchange.Fail(ErrorCode.NoHealthyTarget, $"{provider.Name} can't be called from {node.Name}: the node has no credential \"{provider.Document.CredentialSecret}\".");
            return new(false);
        }

        if (!exchange.Credential.MayGoTo(provider.ChatCompletionsUrl))
        {
            // The hosts are the node's log's to tell (1103): callers have no business with them.
            exchange.Fail(
                ErrorCode.NoHealthyTarget, $"{provider.Name} can't be called from {node.Name}: the node's credential \"{exchange.Credential.Name}\" is bound to another host. Tell your platform team.");
            return new(false);
        }

        return new(true);
    }
}
