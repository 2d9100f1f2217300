using Asc.Contracts.Signing;

namespace Asc.ControlPlane.Hosting;

/// <summary>The file with the key that signs policy.</summary>
public static class SigningKeyFile
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <exception cref="ControlPlaneConfigurationException">There is no key, or everybody can read it.</exception>
    public static SigningKey Load(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new ControlPlaneConfigurationException("Asc:SigningKeyFile is missing: make a key with \"keygen --out FILE\"");
        }

        if (!File.Exists(path))
        {
            throw new ControlPlaneConfigurationException($"the signing key file {path} does not exist: make a key with \"keygen --out {path}\"");
        }

        // The group may read: that is how a Kubernetes secret comes to a process that isn't root.
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new ControlPlaneConfigurationException($"the signing key file {path} is open to everybody: chmod 600 {path}");
        }

        try
        {
            return SigningKey.Parse(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ControlPlaneConfigurationException($"the signing key file {path} can't be used: {exception.Message}");
        }
    }

    /// <summary>Writes a fresh key; never over another one.</summary>
    /// <exception cref="ControlPlaneConfigurationException">The file can't be made.</exception>
    public static VerifierKey Create(string path, string name)
    {
        var key = SigningKey.Generate(name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var writer = new StreamWriter(path, options);
            writer.WriteLine(key.Export());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ControlPlaneConfigurationException($"the signing key can't be written: {exception.Message}");
        }

        return key.Verifier;
    }
}
