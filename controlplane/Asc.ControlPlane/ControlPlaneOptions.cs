namespace Asc.ControlPlane;

/// <summary>How a control plane runs. Bound from the section "Asc" of the settings file, the environment (<c>Asc__…</c>) and flags.</summary>
public sealed class ControlPlaneOptions
{
    /// <summary>"sqlite" or "sqlserver".</summary>
    public string Database { get; set; } = "sqlite";

    /// <summary>E.g. "Data Source=control.db".</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The address that gRPC listens on. Without a certificate it must be a loopback one.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The gRPC port; 0 takes a free one.</summary>
    public int Port { get; set; } = 5101;

    /// <summary>The port of /healthz and /readyz (HTTP/1.1); 0 takes a free one, null opens none.</summary>
    public int? HealthPort { get; set; }

    /// <summary>A PEM file with the certificate and its chain; with <see cref="CertificateKeyFile"/>, read again when it changes.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The certificate's key, PEM.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>What <c>keygen</c> wrote; not needed where the key is given to the host itself.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>How often nodes report: after two and a half beats without one a node counts as away.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How soon what another replica did is noticed.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    internal bool UsesTls => CertificateFile is not null;
}
