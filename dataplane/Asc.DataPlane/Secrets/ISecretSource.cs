namespace Asc.DataPlane.Secrets;

/// <summary>Somewhere that this node's secrets are kept.</summary>
internal interface ISecretSource
{
    /// <summary>The secret called <paramref name="name"/>; null where this source has none.</summary>
    string? Find(string name);
}

/// <summary>The environment: <c>openai-eu</c> is <c>ASC_SECRET_OPENAI_EU</c>.</summary>
internal sealed class EnvironmentSecretSource : ISecretSource
{
    public string? Find(string name) =>
        Environment.GetEnvironmentVariable("ASC_SECRET_" + name.ToUpperInvariant().Replace('-', '_').Replace('.', '_'));
}

/// <summary>A folder with a file per secret, as Kubernetes mounts them; the file's last newline is not part of it.</summary>
internal sealed class FileSecretSource(string directory) : ISecretSource
{
    public string? Find(string name)
    {
        // The name comes from policy: it must not lead out of the folder.
        if (name.AsSpan().ContainsAny('/', '\\') || name.StartsWith('.'))
        {
            return null;
        }

        var path = Path.Combine(directory, name);
        return File.Exists(path) ? File.ReadAllText(path).TrimEnd('\r', '\n') : null;
    }
}

/// <summary>Secrets that whoever composes the node hands over.</summary>
internal sealed class GivenSecretSource(IReadOnlyDictionary<string, string> secrets) : ISecretSource
{
    public string? Find(string name) => secrets.GetValueOrDefault(name);
}
