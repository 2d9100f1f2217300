namespace Asc.DataPlane.Secrets;

/// <summary>Somewhere that this node's secrets are kept.</summary>
internal interface ISecretSource
{
    /// <summary>The secret called <paramref name="name"/>; null where this source has none.</summary>
    string? Find(string name);

    /// <summary>The host that the secret called <paramref name="name"/> is bound to; null where this source doesn't say.</summary>
    string? FindHost(string name);
}

/// <summary>The environment: <c>openai-eu</c> is <c>ASC_SECRET_OPENAI_EU</c>, its host <c>ASC_HOST_OPENAI_EU</c>.</summary>
internal sealed class EnvironmentSecretSource : ISecretSource
{
    public string? Find(string name) => Read("ASC_SECRET_", name);

    public string? FindHost(string name) => Read("ASC_HOST_", name);

    private static string? Read(string prefix, string name) =>
        Environment.GetEnvironmentVariable(prefix + name.ToUpperInvariant().Replace('-', '_').Replace('.', '_'));
}

/// <summary>
/// A folder with a file per secret, as Kubernetes mounts them, and beside <c>openai-eu</c> perhaps <c>openai-eu.host</c>;
/// a file's last newline is not part of it.
/// </summary>
internal sealed class FileSecretSource(string directory) : ISecretSource
{
    private const string HostSuffix = ".host";

    // A host is no secret, and no secret is shown as a host.
    public string? Find(string name) => name.EndsWith(HostSuffix, StringComparison.Ordinal) ? null : Read(name);

    public string? FindHost(string name) => Read(name + HostSuffix);

    private string? Read(string file)
    {
        // The name comes from policy: it must not lead out of the folder.
        if (file.AsSpan().ContainsAny('/', '\\') || file.StartsWith('.'))
        {
            return null;
        }

        var path = Path.Combine(directory, file);
        return File.Exists(path) ? File.ReadAllText(path).TrimEnd('\r', '\n') : null;
    }
}

/// <summary>Secrets, and hosts under <c>NAME.host</c>, that whoever composes the node hands over.</summary>
internal sealed class GivenSecretSource(IReadOnlyDictionary<string, string> secrets) : ISecretSource
{
    public string? Find(string name) => secrets.GetValueOrDefault(name);

    public string? FindHost(string name) => secrets.GetValueOrDefault(name + ".host");
}
