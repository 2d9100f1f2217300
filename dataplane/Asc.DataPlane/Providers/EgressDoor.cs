using System.Runtime.CompilerServices;
using Asc.DataPlane.Secrets;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Providers;

/// <summary>
/// The one way out to providers. It refuses a call that the pinned decision doesn't permit, binds each credential to its provider's host and to the node's own word,
/// and lets no address be dialled that the provider's declaration doesn't cover.
/// </summary>
internal sealed class EgressDoor : IDisposable
{
    private readonly Dictionary<DestinationKey, Destination> destinations = [];
    private readonly Lock opening = new();
    // A provider of the pinned policy finds its destination without a lock; a policy that is gone takes its entries along.
    private readonly ConditionalWeakTable<CompiledProvider, Destination> byProvider = [];

    /// <summary>Sends <paramref name="request"/> to the candidate's provider, with its credential.</summary>
    /// <exception cref="EgressRefusedException">The call would leave what policy permits.</exception>
    /// <exception cref="HttpRequestException">The provider can't be reached.</exception>
    public Task<HttpResponseMessage> SendAsync(
        CompiledTenant tenant, CompiledCandidate candidate, ProviderCredential credential, HttpRequestMessage request, CancellationToken cancellation)
    {
        if (!tenant.MayBeProcessedIn(candidate))
        {
            throw new EgressRefusedException($"{tenant.Path} may not be processed in {candidate.Region}");
        }

        var provider = candidate.Provider;
        if (credential.Name != provider.Document.CredentialSecret || !IsWithin(request.RequestUri!, provider.BaseUrl))
        {
            throw new EgressRefusedException($"{request.RequestUri} is not {provider.Name}'s");
        }

        if (!credential.MayGoTo(request.RequestUri!))
        {
            throw new EgressRefusedException($"credential {credential.Name} is bound to {credential.Host} on this node, and {provider.Name} is at {request.RequestUri!.Authority}");
        }

        request.Headers.TryAddWithoutValidation("Authorization", credential.Authorization);
        var destination = byProvider.TryGetValue(provider, out var known) ? known : Open(provider);
        return destination.SendAsync(request, cancellation);
    }

    public void Dispose()
    {
        foreach (var destination in destinations.Values)
        {
            destination.Dispose();
        }
    }

    private static bool IsWithin(Uri target, Uri provider) =>
        target.Scheme == provider.Scheme && target.Port == provider.Port && target.IdnHost == provider.IdnHost;

    private Destination Open(CompiledProvider provider)
    {
        var key = new DestinationKey(provider.Name, provider.BaseUrl.GetLeftPart(UriPartial.Authority), provider.Document.PrivateNetwork);
        lock (opening)
        {
            if (!destinations.TryGetValue(key, out var destination))
            {
                destination = new Destination(key.PrivateNetwork);
                destinations.Add(key, destination);
            }

            byProvider.AddOrUpdate(provider, destination);
            return destination;
        }
    }

    // Connections outlive policy versions, and are never shared between providers.
    private readonly record struct DestinationKey(string Provider, string Origin, bool PrivateNetwork);
}

/// <summary>A call that would have left what policy permits: a fault of ASC's own, stopped at the last step.</summary>
internal sealed class EgressRefusedException(string message) : Exception(message);
