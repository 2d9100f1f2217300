using System.Collections.Concurrent;

namespace Asc.DataPlane.Secrets;

/// <summary>
/// The credentials that the policy in force names. Looked up when a policy comes into force and again at intervals, so that a rotated
/// file is taken up without a restart; requests only read memory.
/// </summary>
internal sealed class SecretStore(IReadOnlyList<ISecretSource> sources, TimeProvider clock, SecretLog log) : BackgroundService
{
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, ProviderCredential?> credentials = new(StringComparer.Ordinal);

    /// <summary>The credential called <paramref name="name"/>; null where this node has none.</summary>
    public ProviderCredential? Find(string name) => credentials.GetValueOrDefault(name);

    /// <summary>Looks the named ones up.</summary>
    public void Load(IEnumerable<string> names)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var known = credentials.TryGetValue(name, out var before);
            var secret = Read(name);
            var found = secret is null ? null : new ProviderCredential(name, secret);
            credentials[name] = found;
            if (found is null && (!known || before is not null))
            {
                log.Missing(name);
            }
            else if (found is not null && found.Fingerprint != before?.Fingerprint)
            {
                log.Loaded(name, found.Fingerprint);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReloadInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Load(credentials.Keys);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private string? Read(string name)
    {
        foreach (var source in sources)
        {
            try
            {
                if (source.Find(name) is { Length: > 0 } secret)
                {
                    return secret;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                log.Unreadable(name, exception.GetType().Name);
            }
        }

        return null;
    }
}

/// <summary>Events 1100-1109: names and fingerprints only.</summary>
internal sealed partial class SecretLog(ILogger<SecretLog> logger)
{
    [LoggerMessage(1100, LogLevel.Information, "Credential {Name} loaded, fingerprint {Fingerprint}")]
    public partial void Loaded(string name, string fingerprint);

    [LoggerMessage(1101, LogLevel.Warning, "Credential {Name} is not on this node: its providers can't be called")]
    public partial void Missing(string name);

    [LoggerMessage(1102, LogLevel.Warning, "Credential {Name} can't be read: {Problem}")]
    public partial void Unreadable(string name, string problem);
}
