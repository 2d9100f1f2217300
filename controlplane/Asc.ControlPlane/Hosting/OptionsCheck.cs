using System.Net;

namespace Asc.ControlPlane.Hosting;

/// <summary>Whether options fit together.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ControlPlaneConfigurationException">They don't; it names each problem.</exception>
    public static void Require(ControlPlaneOptions options)
    {
        if (Problems(options).ToArray() is { Length: > 0 } problems)
        {
            throw new ControlPlaneConfigurationException(string.Join("; ", problems));
        }
    }

    private static IEnumerable<string> Problems(ControlPlaneOptions options)
    {
        if (options.Database is not ("sqlite" or "sqlserver"))
        {
            yield return $"Asc:Database is \"{options.Database}\"; it is sqlite or sqlserver";
        }

        if (options.ConnectionString.Length == 0)
        {
            yield return "Asc:ConnectionString is missing";
        }

        if (options.Port is < 0 or > IPEndPoint.MaxPort || options.HealthPort is < 0 or > IPEndPoint.MaxPort)
        {
            yield return "Asc:Port and Asc:HealthPort are ports";
        }

        if (!IPAddress.TryParse(options.Listen, out var address))
        {
            yield return $"Asc:Listen is \"{options.Listen}\", which is not an IP address";
        }
        else if (!options.UsesTls && !IPAddress.IsLoopback(address))
        {
            yield return $"Asc:Listen is {options.Listen}, and without TLS only a loopback address is served: set Asc:CertificateFile and Asc:CertificateKeyFile";
        }

        if (options.CertificateFile is null != options.CertificateKeyFile is null)
        {
            yield return "Asc:CertificateFile and Asc:CertificateKeyFile belong together";
        }

        if (options.HeartbeatInterval <= TimeSpan.Zero || options.PollInterval <= TimeSpan.Zero)
        {
            yield return "Asc:HeartbeatInterval and Asc:PollInterval are positive durations";
        }
    }
}
