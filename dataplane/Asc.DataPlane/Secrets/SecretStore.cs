using System.Collections.Concurrent;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Secrets;

/// <summary>
/// The credentials that the policy in force names. Looked up when a policy comes into force and again at intervals, so that a rotated
/// file is taken up without a restart; requests only read memory.
/// </summary>
internal sealed class SecretStore(IReadOnlyList<ISecretSource> sources, TimeProvider clock, SecretLog log) : BackgroundService
{
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, Loaded> credentials = new(StringComparer.Ordinal);

    /// <summary>The credential called <paramref name="name"/>; null where this node has none.</summary>
    public ProviderCredential? Find(string name) => credentials.GetValueOrDefault(name)?.Credential;

    /// <summary>Looks the named ones up.</summary>
    /// <param name="uses">Each name, and where policy sends it.</param>
    public void Load(IEnumerable<(string Name, Uri Url)> uses)
    {
        foreach (var (name, url) in uses.DistinctBy(use => use.Name, StringComparer.Ordinal))
        {
            var before = credentials.GetValueOrDefault(name);
            var secret = Usable(name, Read(name, source => source.Find(name)));
            var after = new Loaded(secret is { Length: > 0 } ? new ProviderCredential(name, secret, HostOf(name)) : null, url);
            credentials[name] = after;
            Tell(name, before, after);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReloadInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Load(credentials.Select(entry => (entry.Key, entry.Value.Url)));
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    // Each change once, not every 15 seconds.
    private void Tell(string name, Loaded? before, Loaded after)
    {
        if (after.Credential is not { } credential)
        {
            if (before is not { Credential: null })
            {
                log.Missing(name);
            }

            return;
        }

        var isRebound = credential.Host?.ToString() != before?.Credential?.Host?.ToString();
        if (isRebound || credential.Fingerprint != before?.Credential?.Fingerprint)
        {
            log.Loaded(name, credential.Fingerprint, credential.Host?.ToString() ?? "whichever policy names");
        }

        if (credential.Host is { } host && !host.Permits(after.Url) && (isRebound || after.Url != before?.Url))
        {
            if (host.IsValid)
            {
                log.BoundElsewhere(name, host, after.Url.Authority);
            }
            else
            {
                log.NoHost(name);
            }
        }
    }

    // What no header can carry can't be sent: a second line in the file, mostly.
    private string? Usable(string name, string? secret)
    {
        if (secret is null || HeaderValue.CanCarry(secret))
        {
            return secret;
        }

        log.Unreadable(name, "it holds characters that no header may hold");
        return null;
    }

    // What can't be read binds to nothing: an operator who wrote a host didn't mean "anywhere".
    private CredentialHost? HostOf(string name) => Read(name, source => source.FindHost(name), whenUnreadable: "") is { } host ? CredentialHost.Parse(host) : null;

    private string? Read(string name, Func<ISecretSource, string?> find, string? whenUnreadable = null)
    {
        var unread = (string?)null;
        foreach (var source in sources)
        {
            try
            {
                if (find(source) is { } value && (value.Length > 0 || whenUnreadable is not null))
                {
                    return value;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                log.Unreadable(name, exception.GetType().Name);
                unread = whenUnreadable;
            }
        }

        return unread;
    }

    private sealed record Loaded(ProviderCredential? Credential, Uri Url);
}

/// <summary>Events 1100-1109: names, hosts and fingerprints only.</summary>
internal sealed partial class SecretLog(ILogger<SecretLog> logger)
{
    [LoggerMessage(1100, LogLevel.Information, "Credential {Name} loaded, fingerprint {Fingerprint}, for host {Host}")]
    public partial void Loaded(string name, string fingerprint, string host);

    [LoggerMessage(1101, LogLevel.Warning, "Credential {Name} is not on this node: its providers can't be called")]
    public partial void Missing(string name);

    [LoggerMessage(1102, LogLevel.Warning, "Credential {Name} can't be read: {Problem}")]
    public partial void Unreadable(string name, string problem);

    [LoggerMessage(1103, LogLevel.Error, "Credential {Name} is bound to {Host} on this node, and policy would send it to {Authority}: it is not sent. Mend the provider's baseUrl, or the host in the node's store")]
    public partial void BoundElsewhere(string name, CredentialHost host, string authority);

    [LoggerMessage(1104, LogLevel.Error, "Credential {Name} is sent nowhere: what the node's store holds as its host is not host[:port]")]
    public partial void NoHost(string name);
}
