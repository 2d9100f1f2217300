using System.ComponentModel.DataAnnotations;

namespace Asc.DataPlane;

/// <summary>What a node needs to know beside its policy: section <c>Asc</c> of the configuration.</summary>
public sealed class DataPlaneOptions
{
    /// <summary>Unique among the nodes.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>Where this node processes.</summary>
    [Required]
    public string Region { get; set; } = "";

    /// <summary>IP address for clients.</summary>
    [Required]
    public string ListenAddress { get; set; } = "0.0.0.0";

    /// <summary>TCP port for clients; 0 picks a free one.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 8080;

    /// <summary>IP address for health and metrics.</summary>
    [Required]
    public string AdminAddress { get; set; } = "127.0.0.1";

    /// <summary>TCP port for health and metrics; 0 picks a free one.</summary>
    [Range(0, 65535)]
    public int AdminPort { get; set; } = 8081;

    /// <summary>The control plane; https, or http on a loopback address.</summary>
    [Required]
    public Uri ControlPlane { get; set; } = new("https://localhost:8443");

    /// <summary>What this node presents to the control plane.</summary>
    public string NodeToken { get; set; } = "";

    /// <summary>A file that holds <see cref="NodeToken"/>, instead.</summary>
    public string? NodeTokenFile { get; set; }

    /// <summary>Verifier keys ("name+id+base64") of whoever may sign policy.</summary>
    [MinLength(1)]
    public IList<string> TrustedKeys { get; } = [];

    /// <summary>Where the last known good policy and the access journal are kept.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>A folder with a file per provider credential; null: the environment only.</summary>
    public string? SecretsDirectory { get; set; }

    /// <summary>Largest request body in bytes, compressed and expanded.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int RequestBodyMaximum { get; set; } = 20 * 1024 * 1024;

    /// <summary>
    /// How many bytes of a translated stream are kept at most until they have their place: a response tells all of its text once more at its end, and Mistral's clients take a
    /// call in one piece.
    /// </summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int KeptAnswerMaximum { get; set; } = 20 * 1024 * 1024;

    /// <summary>How long a client may take to send a request's line and headers.</summary>
    public TimeSpan ClientHeadTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection is kept for a client's next request: longer than any load balancer in front keeps it.</summary>
    public TimeSpan ClientIdleTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>At least so many bytes a second must a client send of a body, and take of an answer that is there.</summary>
    [Range(1, 1_000_000)]
    public int ClientBytesPerSecond { get; set; } = 240;

    /// <summary>How long a client may be slower than that. More than the second that it is looked at in.</summary>
    public TimeSpan ClientRateGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many records may wait in memory for the control plane.</summary>
    [Range(1, 10_000_000)]
    public int SpoolCapacity { get; set; } = 100_000;

    /// <summary>How often the node reports what it enforces.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often records are sent.</summary>
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between two tries to reach the control plane.</summary>
    public TimeSpan ReconnectDelayMaximum { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a request runs on the thread that received its bytes. Nothing on its path blocks, which makes this safe and saves a third of the CPU;
    /// off where several hosts share a process.
    /// </summary>
    public bool InlineScheduling { get; set; } = true;
}
