using Asc.Contracts.Settings;

namespace Asc.ControlPlane.Hosting;

/// <summary>The options from the settings file, the environment and flags, the later ones winning.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, string> Flags = new()
    {
        ["--database"] = "Asc:Database",
        ["--connection-string"] = "Asc:ConnectionString",
        ["--listen"] = "Asc:Listen",
        ["--port"] = "Asc:Port",
        ["--health-port"] = "Asc:HealthPort",
        ["--certificate"] = "Asc:CertificateFile",
        ["--certificate-key"] = "Asc:CertificateKeyFile",
        ["--signing-key"] = "Asc:SigningKeyFile",
        ["--heartbeat-interval"] = "Asc:HeartbeatInterval",
        ["--poll-interval"] = "Asc:PollInterval",
        ["--name"] = "Command:Name",
        ["--out"] = "Command:Out",
        ["--message"] = "Command:Message",
        ["-m"] = "Command:Message",
    };

    private static readonly SettingNames Settings = new(typeof(ControlPlaneOptions), Flags.Keys);

    public static IConfiguration Read(string[] arguments)
    {
        Check(Settings.ProblemOf(arguments));
        var configuration = new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile("controlplane.appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(arguments, Flags)
            .Build();
        Check(Settings.ProblemOf(configuration.GetSection("Asc").GetChildren().Select(setting => setting.Key)));
        return configuration;
    }

    public static ControlPlaneOptions Bind(IConfiguration configuration)
    {
        try
        {
            var options = new ControlPlaneOptions();
            configuration.GetSection("Asc").Bind(options);
            return options;
        }
        catch (InvalidOperationException exception)
        {
            throw new ControlPlaneConfigurationException(exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message);
        }
    }

    private static void Check(string? problem)
    {
        if (problem is not null)
        {
            throw new ControlPlaneConfigurationException(problem);
        }
    }
}
