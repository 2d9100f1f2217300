using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Asc.DataPlane.Secrets;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Providers;

/// <summary>
/// The one way out to providers. It refuses a call that the pinned decision doesn't permit, binds each credential to its provider's host and to the node's own word,
/// and lets no address be dialled that the provider's declaration doesn't cover.
/// </summary>
internal sealed class EgressDoor : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<DestinationKey, Destination> destinations = [];
    private readonly Lock opening = new();
    // A candidate of the pinned policy finds its target without a lock; a policy that is gone takes its entries along.
    private readonly ConditionalWeakTable<CompiledCandidate, UpstreamTarget?[]> byCandidate = [];
    private readonly X509ChainPolicy? trust;
    private readonly TimeProvider clock;
    private readonly ITimer sweeping;

    /// <param name="trust">Which providers' certificates are trusted; null: those of the system.</param>
    public EgressDoor(TimeProvider clock, X509ChainPolicy? trust = null)
    {
        (this.clock, this.trust) = (clock, trust);
        sweeping = clock.CreateTimer(static door => ((EgressDoor)door!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>A connection to the candidate's provider, on which this request may be sent, with the provider's credential among its <paramref name="headers"/>.</summary>
    /// <param name="clientAborted">Ends the call at once.</param>
    /// <exception cref="UpstreamException">The call would leave what policy permits, or the provider can't be reached.</exception>
    public async ValueTask<UpstreamConnection> OpenAsync(
        CompiledTenant tenant, CompiledCandidate candidate, Operation operation, ProviderCredential credential, CompiledTimeouts timeouts, UpstreamHeaders headers, CancellationToken clientAborted)
    {
        var provider = candidate.Provider;
        if (!tenant.MayBeProcessedIn(candidate))
        {
            throw new UpstreamException(UpstreamFailure.Refused, $"{tenant.Path} may not be processed in {candidate.Region}");
        }

        if (credential.Name != provider.Document.CredentialSecret)
        {
            throw new UpstreamException(UpstreamFailure.Refused, $"the credential {credential.Name} is not {provider.Name}'s");
        }

        if (!credential.MayGoTo(provider.BaseUrl))
        {
            throw new UpstreamException(UpstreamFailure.Refused, $"the credential {credential.Name} is bound to {credential.Host} on this node, and {provider.Name} is at {provider.BaseUrl.Authority}");
        }

        var target = byCandidate.TryGetValue(candidate, out var known) && known[(int)operation] is { } opened ? opened : Open(candidate, operation);
        credential.AddTo(headers, provider.Document.Protocol);
        var connection = await target.Destination.LeaseAsync(timeouts.Connect, clientAborted);
        connection.Begin(target, timeouts.Total, clientAborted);
        return connection;
    }

    public void Dispose()
    {
        sweeping.Dispose();
        foreach (var destination in destinations.Values)
        {
            destination.Dispose();
        }
    }

    private UpstreamTarget Open(CompiledCandidate candidate, Operation operation)
    {
        var provider = candidate.Provider;
        var origin = new Uri(provider.BaseUrl.GetLeftPart(UriPartial.Authority));
        var key = new DestinationKey(provider.Name, origin, provider.Document.PrivateNetwork);
        lock (opening)
        {
            if (!destinations.TryGetValue(key, out var destination))
            {
                destination = new Destination(origin, key.PrivateNetwork, trust, clock);
                destinations.Add(key, destination);
            }

            var targets = byCandidate.GetValue(candidate, static _ => new UpstreamTarget?[Operations.All.Count + 1]);
            return targets[(int)operation] ??= new(destination, provider.UrlOf(operation, candidate.UpstreamModel));
        }
    }

    private void Sweep()
    {
        Destination[] all;
        lock (opening)
        {
            all = [.. destinations.Values];
        }

        foreach (var destination in all)
        {
            destination.Sweep();
        }
    }

    // Connections outlive policy versions, and are never shared between providers.
    private readonly record struct DestinationKey(string Provider, Uri Origin, bool PrivateNetwork);
}
